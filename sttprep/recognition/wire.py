"""Messages between a pool and its workers: a JSON header and bytes, over a stream socket.

A message is two big-endian 32-bit lengths, then the header as UTF-8 JSON, then the payload.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

__all__ = ["receive", "send"]

_LENGTHS = struct.Struct(">II")


def send(connection: socket.socket, header: dict[str, Any], payload: bytes = b"") -> None:
    """Send one message.

    Raises:
        OSError: the other side is gone.
    """
    head = json.dumps(header).encode()
    connection.sendall(_LENGTHS.pack(len(head), len(payload)) + head)
    if payload:
        connection.sendall(payload)


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Receive one message; None when the other side closed between messages.

    Raises:
        ConnectionError: the other side closed in the middle of one.
    """
    lengths = _exactly(connection, _LENGTHS.size)
    if not lengths:
        return None
    head_length, payload_length = _LENGTHS.unpack(lengths)
    head = _exactly(connection, head_length)
    payload = _exactly(connection, payload_length) if payload_length else b""
    if len(head) < head_length or len(payload) < payload_length:
        raise ConnectionError("closed in the middle of a message")
    return json.loads(head), payload


def _exactly(connection: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        part = connection.recv(min(length - len(data), 1 << 20))
        if not part:
            if data:
                raise ConnectionError("closed in the middle of a message")
            return b""
        data += part
    return bytes(data)
