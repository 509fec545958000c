"""``sttprep models``: the base models of this machine."""

from __future__ import annotations

import argparse
from typing import Any

from sttprep.cli.output import add_json, print_json, print_table

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    group = commands.add_parser("models", help="list base models, register further ones")
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)

    listing = actions.add_parser("list", help="all base models, and what is missing for them")
    add_json(listing)
    listing.set_defaults(run=_list)

    adding = actions.add_parser(
        "add",
        help="register a Sphinx-format model",
        description="Register a Sphinx-format model under a name, for instance: sttprep models "
        "add fr-FR_BroadbandModel --acoustic-model fr/cd_cont --lexicon fr/fr.dict "
        "--language-model fr/fr.lm.bin --language fr-FR --rate 16000",
    )
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--acoustic-model", required=True, metavar="DIR")
    adding.add_argument("--lexicon", required=True, metavar="FILE", help="CMU dictionary format")
    adding.add_argument("--language-model", required=True, metavar="FILE", help="binary or ARPA")
    adding.add_argument("--language", required=True, metavar="xx-XX")
    adding.add_argument("--rate", required=True, type=int, metavar="HZ")
    adding.add_argument("--description", default="", metavar="TEXT")
    add_json(adding)
    adding.set_defaults(run=_add)


def _row(model: Any) -> dict[str, Any]:
    return {
        "name": model.name,
        "language": model.language,
        "rate": model.rate,
        "version": "" if model.missing else model.version,
        "phones": 0 if model.missing else len(model.phones),
        "lexicon": str(model.lexicon or ""),
        "language_model": str(model.language_model or ""),
        "description": model.description,
        "missing": model.missing,
    }


def _list(options: argparse.Namespace) -> int:
    from sttprep.recognition.base_models import base_models

    rows = [_row(model) for model in base_models()]
    if options.json:
        print_json(rows)
        return 0
    table = [("model", "language", "rate", "version", "missing")]
    table += [
        (row["name"], row["language"], str(row["rate"]), row["version"] or "–", row["missing"])
        for row in rows
    ]
    print_table(table)
    if any(row["missing"] for row in rows):
        print("\nRegister a local engine with: sttprep models add --help")
    return 0


def _add(options: argparse.Namespace) -> int:
    from sttprep.recognition.base_models import register, registry_path

    model = register(
        options.name,
        acoustic_model=options.acoustic_model,
        lexicon=options.lexicon,
        language_model=options.language_model,
        language=options.language,
        rate=options.rate,
        description=options.description,
    )
    if options.json:
        print_json(_row(model))
    else:
        print(f"{model.name} is registered as {model.version} in {registry_path()}.")
    return 0
