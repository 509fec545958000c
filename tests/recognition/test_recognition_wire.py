"""Messages between pool and worker."""

from __future__ import annotations

import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.recognition.wire import receive, send


@given(st.dictionaries(st.text(), st.text() | st.integers()), st.binary(max_size=5000))
def test_a_message_arrives_as_it_was_sent(header, payload):
    """Header and payload survive the socket."""
    left, right = socket.socketpair()
    with left, right:
        send(left, header, payload)
        assert receive(right) == (header, payload)


def test_a_large_payload_arrives_whole():
    """More than the socket's buffer, in many pieces."""
    left, right = socket.socketpair()
    payload = bytes(range(256)) * 40_000
    with left, right:
        thread = threading.Thread(target=send, args=(left, {}, payload))
        thread.start()
        assert receive(right) == ({}, payload)
        thread.join()


def test_the_end_between_messages_is_no_error():
    """Closing after a whole message is how a worker is told to end."""
    left, right = socket.socketpair()
    with right:
        with left:
            send(left, {"a": 1})
        assert receive(right) == ({"a": 1}, b"")
        assert receive(right) is None


@pytest.mark.parametrize("cut", [3, 10, 20])
def test_the_end_inside_a_message_is_an_error(cut):
    """Half a message is never taken for one."""
    left, right = socket.socketpair()
    send(left, {"key": "value"}, b"payload")
    data = right.recv(1000)
    with right:
        left.sendall(data[:cut])
        left.close()
        with pytest.raises(ConnectionError):
            receive(right)
