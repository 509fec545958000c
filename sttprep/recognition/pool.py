"""Decoder processes: one per core, fed by threads that only wait.

Workers are started with ``subprocess`` over an inherited socket, so that they come up the same
from a script without a ``__main__`` guard, from ``python -`` and from a notebook.
"""

from __future__ import annotations

import os
import queue
import socket
import subprocess
import sys
import sysconfig
import threading
import weakref
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeAlias

import sttprep
from sttprep.errors import RecognizerError, SttprepError
from sttprep.recognition.sphinx_model import SphinxModel
from sttprep.recognition.wire import receive, send

__all__ = ["DecoderPool", "Request", "Rows", "core_count"]

Rows: TypeAlias = list[list[Any]]
"""``[word, start, end, confidence]`` a recognized word, times in seconds."""

Request: TypeAlias = tuple[dict[str, Any], Callable[[], bytes]]
"""What to do (see `sttprep.recognition.worker`), and what returns 16-bit mono PCM at the model's
rate."""

_ATTEMPTS = 2  # a decoder that dies twice on the same audio dies of that audio


def core_count() -> int:
    """Processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """One decoder process and the socket to it."""

    def __init__(self, model: SphinxModel) -> None:
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sttprep.recognition.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C in a terminal is for us, not for them
                env=_environment(),
            )
        except OSError as error:
            ours.close()
            raise RecognizerError(
                f"A decoder process cannot be started: {error.strerror}.",
                hint="Free some memory or processes, then run the same command again.",
            ) from error
        finally:
            theirs.close()
        self._connection = ours
        try:
            answer = self.ask({"do": "load", "model": model.to_json()})
        except (OSError, ConnectionError) as error:
            status = self.close()
            raise RecognizerError(
                f"A decoder process ended (exit status {status}) while loading its model.",
                hint="What it wrote to standard error says why; often memory ran out.",
            ) from error
        if "error" in answer:
            self.close()
            raise RecognizerError(answer["error"])

    def ask(self, request: dict[str, Any], payload: bytes = b"") -> dict[str, Any]:
        """The answer to a request; an error in it is left to the caller."""
        send(self._connection, request, payload)
        answer = receive(self._connection)
        if answer is None:
            raise ConnectionError("the decoder process ended")
        return answer[0]

    @property
    def process_id(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """End the process; whoever waits for its answer gets a ConnectionError."""
        self._process.kill()

    def close(self) -> int:
        """End the process and return its exit status."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()
        self.kill()  # it holds nothing that needs saving
        return self._process.wait()


def _environment() -> dict[str, str]:
    """The environment, so completed that the worker imports this same package."""
    environment = dict(os.environ)
    root = str(Path(sttprep.__file__).parent.parent)
    # A site-packages folder on PYTHONPATH would come before the standard library.
    if root not in (sysconfig.get_path("purelib"), sysconfig.get_path("platlib")):
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = f"{root}{os.pathsep}{known}" if known else root
    return environment


class DecoderPool:
    """Worker processes with one model, started when first needed and kept for the next call.

    Closing it (or dropping it) ends the processes.
    """

    def __init__(self, model: SphinxModel, n_workers: int | None = None) -> None:
        self.model = model
        self.n_workers = n_workers or core_count()
        self._idle: list[_Worker] = []
        self._finalizer = weakref.finalize(self, _close_all, self._idle)

    def __enter__(self) -> DecoderPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all worker processes; the next call starts new ones."""
        _close_all(self._idle)

    @property
    def process_ids(self) -> list[int]:
        """Process ids of the idle workers."""
        return [worker.process_id for worker in self._idle]

    def decode(
        self, loaders: Sequence[Callable[[], bytes]], n_workers: int | None = None
    ) -> Generator[tuple[int, Rows | SttprepError], None, None]:
        """Decode what each loader returns (16-bit mono PCM at the model's rate).

        Yields ``(index, rows or the error)``, see :meth:`ask`.
        """
        requests: list[Request] = [({"do": "decode"}, loader) for loader in loaders]
        with closing(self.ask(requests, n_workers)) as answers:
            for index, answer in answers:
                yield index, answer if isinstance(answer, SttprepError) else answer["words"]

    def ask(
        self, requests: Sequence[Request], n_workers: int | None = None
    ) -> Generator[tuple[int, dict[str, Any] | SttprepError], None, None]:
        """Have requests answered.

        Yields ``(index, answer or the error)`` as they get done; the order is not that of the
        requests. Dropping the iterator cancels what has not begun.
        """
        tasks: queue.SimpleQueue[int] = queue.SimpleQueue()
        for index in range(len(requests)):
            tasks.put(index)
        done: queue.SimpleQueue[tuple[int, dict[str, Any] | SttprepError] | BaseException]
        done = queue.SimpleQueue()
        busy: dict[int, _Worker] = {}
        cancelled = threading.Event()
        count = min(n_workers or self.n_workers, self.n_workers, len(requests))

        def feed(slot: int) -> None:
            try:
                while not cancelled.is_set():
                    try:
                        index = tasks.get_nowait()
                    except queue.Empty:
                        return
                    done.put((index, self._one(slot, busy, requests[index], cancelled)))
            except BaseException as error:  # an error of ours: the caller must see it
                done.put(error)

        threads = [
            threading.Thread(target=feed, args=(slot,), daemon=True) for slot in range(count)
        ]
        finished = False
        try:
            for thread in threads:
                thread.start()
            for _ in requests:
                result = done.get()
                if isinstance(result, BaseException):
                    raise result
                yield result
            finished = True
        finally:
            cancelled.set()
            if not finished:  # left early: what is being decoded is not wanted any more
                for worker in list(busy.values()):
                    worker.kill()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
            if finished:
                self._idle.extend(busy.values())
            else:
                _close_all(list(busy.values()))

    def _take(self) -> _Worker:
        try:
            return self._idle.pop()
        except IndexError:
            return _Worker(self.model)

    def _one(
        self,
        slot: int,
        busy: dict[int, _Worker],
        request: Request,
        cancelled: threading.Event,
    ) -> dict[str, Any] | SttprepError:
        what, load = request
        try:
            pcm = load()
            for _ in range(_ATTEMPTS):
                if slot not in busy:
                    busy[slot] = self._take()
                if cancelled.is_set():
                    break
                try:
                    answer = busy[slot].ask(what, pcm)
                except OSError:
                    busy.pop(slot).close()
                    continue
                if "error" in answer:
                    return RecognizerError(answer["error"])
                return answer
        except SttprepError as error:
            return error
        return RecognizerError(
            f"The decoder process died {_ATTEMPTS} times on this audio.",
            hint="Convert it with: sox BROKEN -r 16k -c 1 fixed.flac; if it still dies, report it.",
        )


def _close_all(workers: list[_Worker]) -> None:
    while workers:
        workers.pop().close()
