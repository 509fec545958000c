"""``sttprep transcribe``: audio files → text."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
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
    parser.add_argument("--grammar", metavar="FILE", help="hear sentences of a grammar only")
    parser.add_argument("--grammar-name", metavar="NAME", help="the same with one of the model's")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from sttprep.customization.instance import Instance
    from sttprep.errors import InputError
    from sttprep.grammars import read_grammar
    from sttprep.recognition import (
        DEFAULT_MODEL,
        LocalRecognizer,
        base_model,
        grammar_recognizer,
    )

    if bool(options.custom) != bool(options.store):
        raise InputError(
            "A custom model needs both its store and its id.",
            hint="For instance: --store build --custom 1b2c… ; build --json prints the id.",
        )
    if options.grammar and options.grammar_name:
        raise InputError("Two grammars were given.", hint="Give --grammar or --grammar-name.")
    if options.grammar_name and not options.custom:
        raise InputError(
            f"Grammar '{options.grammar_name}' belongs to a custom model, and none was given.",
            hint="Add --store DIR --custom ID, or give a file: --grammar menu.abnf",
        )
    grammar = read_grammar(Path(options.grammar)) if options.grammar else options.grammar_name
    with ExitStack() as stack:
        if options.store:
            instance = stack.enter_context(Instance.open(options.store))
            recognizer = instance.recognizer(
                options.custom, options.weight, options.base_model, grammar
            )
        else:
            base = base_model(options.base_model or DEFAULT_MODEL)
            recognizer = (
                grammar_recognizer(grammar, base)
                if grammar
                else LocalRecognizer(base.files(), key=base.content, description=base.name)
            )
        stack.enter_context(recognizer)
        transcripts = recognizer.transcribe_many(options.audio, progress=len(options.audio) > 1)
    if options.json:
        print_json([transcript.to_json() for transcript in transcripts])
    else:
        for transcript in transcripts:
            print(f"{transcript.name}\t{transcript.text}" if len(transcripts) > 1 else transcript)
    return 0
