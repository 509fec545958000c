"""``sttprep transcribe``: audio files → text."""

from __future__ import annotations

import argparse
from typing import Any

from sttprep.cli.output import add_json, print_json

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    parser = commands.add_parser("transcribe", help="recognize audio files")
    parser.add_argument("audio", nargs="+", metavar="FILE")
    parser.add_argument("--base-model", metavar="NAME", help="default: en-US_BroadbandModel")
    parser.add_argument("--store", metavar="DIR", help="store of a custom model")
    parser.add_argument("--custom", metavar="ID", help="id of a custom model in the store")
    parser.add_argument("--weight", type=float, metavar="0..1", help="customization weight")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from sttprep.customization.instance import Instance
    from sttprep.errors import InputError
    from sttprep.recognition import DEFAULT_MODEL, LocalRecognizer, base_model

    if bool(options.custom) != bool(options.store):
        raise InputError(
            "A custom model needs both its store and its id.",
            hint="For instance: --store build --custom 1b2c… ; build --json prints the id.",
        )
    if options.store:
        with (
            Instance.open(options.store) as instance,
            instance.recognizer(options.custom, options.weight, options.base_model) as recognizer,
        ):
            transcripts = recognizer.transcribe_many(options.audio, progress=len(options.audio) > 1)
    else:
        base = base_model(options.base_model or DEFAULT_MODEL)
        with LocalRecognizer(base.files(), key=base.content, description=base.name) as recognizer:
            transcripts = recognizer.transcribe_many(options.audio, progress=len(options.audio) > 1)
    if options.json:
        print_json([transcript.to_json() for transcript in transcripts])
    else:
        for transcript in transcripts:
            print(f"{transcript.name}\t{transcript.text}" if len(transcripts) > 1 else transcript)
    return 0
