"""A decoder process: ``python -m sttprep.recognition.worker FD``.

Serves one connection, the inherited socket with file descriptor FD:

==============================================  ==================================================
request                                         answer
==============================================  ==================================================
``{"do": "load", "model": {…}}``                ``{"ok": true}`` or ``{"error": text}``
``{"do": "decode"}`` + PCM                      ``{"words": [[word, start, end, p], …]}``
``{"do": "align", "words": [[phones, …], …]}``  ``{"score": nats, "words": [[which, start, end]]}``
  + PCM, if need be ``"priors": {phones: nats}``
``{"do": "phones", "model": path}`` + PCM       ``{"score": nats, "phones": [[phone, start, end]]}``
==============================================  ==================================================

The process ends when the connection closes.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

from sttprep.errors import SttprepError
from sttprep.recognition.sphinx import SphinxDecoder
from sttprep.recognition.sphinx_model import SphinxModel
from sttprep.recognition.wire import receive, send

__all__ = ["main", "serve"]


def serve(connection: socket.socket) -> None:
    """Answer requests until the other side closes."""
    decoder: SphinxDecoder | None = None
    while (message := receive(connection)) is not None:
        request, payload = message
        answer: dict[str, Any]
        try:
            if request["do"] == "load":
                decoder = SphinxDecoder(SphinxModel(**request["model"]))
                answer = {"ok": True}
            elif decoder is None:
                answer = {"error": "no model is loaded"}
            else:
                answer = _heard(decoder, request, payload)
        except SttprepError as error:
            answer = {"error": str(error)}
        send(connection, answer)


def _heard(decoder: SphinxDecoder, request: dict[str, Any], pcm: bytes) -> dict[str, Any]:
    if request["do"] == "align":
        return decoder.align(pcm, request["words"], request.get("priors"))
    if request["do"] == "phones":
        return decoder.phones(pcm, request["model"])
    return {"words": decoder.decode(pcm)}


def main() -> None:
    """Serve the socket named on the command line."""
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        try:
            serve(connection)
        except OSError:
            return  # the parent is gone: nobody is left to tell


if __name__ == "__main__":
    main()
