"""``sttprep corpus``: what a text holds before it is learnt."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from sttprep.cli.corpus_oov import add_oov_options, oov
from sttprep.cli.output import add_json, print_json, print_problems, tell

__all__ = ["add_commands"]


_KINDS = "kinds of findings (CODE):"


class _LintHelp(argparse.RawDescriptionHelpFormatter):
    """Lists the kinds of findings; no other command has to load them."""

    def add_text(self, text: str | None) -> None:
        if text == _KINDS:
            from sttprep.corpora.lint_codes import LINT_CODES

            width = max(map(len, LINT_CODES))
            rows = [f"  {code:{width}}  {about}" for code, about in LINT_CODES.items()]
            text = "\n".join([_KINDS, *rows])
        super().add_text(text)


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    group = commands.add_parser("corpus", help="look into corpus files")
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, run, text in (
        ("oov", _oov, "words the base vocabulary lacks"),
        ("lint", _lint, "lines that would teach the model something wrong"),
        ("parse", _parse, "the text as it will be learnt"),
    ):
        parser = actions.add_parser(name, help=text)
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--language", default="en-US", metavar="xx-XX")
        parser.add_argument(
            "--encoding", metavar="NAME",
            help="encoding of the files, if it is known: cp1252; mixed: UTF-8 with stray bytes of "
            "Windows-1252",
        )  # fmt: skip
        add_json(parser)
        parser.set_defaults(run=run)
        if name == "oov":
            add_oov_options(parser)
        if name == "lint":
            _add_lint_options(parser)


def _add_lint_options(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = _LintHelp
    parser.epilog = _KINDS
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--fix",
        action="store_true",
        help="apply the fixes to the files (of standard input: print the fixed text)",
    )
    change.add_argument("--diff", action="store_true", help="print what --fix would change")
    parser.add_argument(
        "--only",
        action="append",
        metavar="CODE",
        help="findings of this kind only, e.g. several-sentences-on-a-line; may be repeated",
    )
    parser.add_argument(
        "--near-duplicates",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="look for lines that are nearly the same (default: up to two million words)",
    )


def _read(options: argparse.Namespace) -> list[Any]:
    from sttprep.corpora import read_corpus

    return [
        read_corpus(path, options.language, encoding=options.encoding) for path in options.files
    ]


def _oov(options: argparse.Namespace) -> int:
    return oov(options, _read)


def _lint(options: argparse.Namespace) -> int:
    from sttprep.corpora.lint import lint
    from sttprep.corpora.lint_codes import check_codes

    check_codes(options.only or ())
    corpora = _read(options)
    if options.fix or options.diff:
        return _fix(options, corpora)
    findings = [
        problem
        for corpus in corpora
        for problem in lint(corpus, near_duplicates=options.near_duplicates)
        if not options.only or problem.code in options.only
    ]
    return print_problems(findings, options.json)


def _fix(options: argparse.Namespace, corpora: list[Any]) -> int:
    """Apply the fixes to each file, or show them."""
    from sttprep.corpora.fixes import diff, fix_text
    from sttprep.corpora.rewrite import rewrite

    changed: list[dict[str, Any]] = []
    for part in [part for corpus in corpora for part in corpus.parts]:
        old = part.text
        if not old.strip():
            continue
        fixed = fix_text(old, part.name, options.language, only=options.only)
        if options.diff:
            shown = diff(old, fixed.text, part.name)
            if not options.json:
                sys.stdout.write(shown)
            changed += [{"file": part.name, "diff": shown}] if shown else []
            continue
        if part.path is None and not options.json:
            sys.stdout.write(fixed.text)
        elif part.path is not None and fixed.text != old:
            part.check_unchanged()
            rewrite(part.path, fixed.text, part.encoding)
        if not fixed.applied:
            continue
        listed = ", ".join(f"{code} ({count:,})" for code, count in fixed.applied.items())
        total = sum(fixed.applied.values())
        tell(f"{part.name}: {total:,} {'fix' if total == 1 else 'fixes'}: {listed}")
        row: dict[str, Any] = {"file": part.name, "fixes": dict(fixed.applied)}
        if part.path is None:
            row["text"] = fixed.text
        changed.append(row)
    if options.json:
        print_json(changed)
    return int(options.diff and bool(changed))


def _parse(options: argparse.Namespace) -> int:
    corpora = _read(options)
    sentences = (
        " ".join(sentence.tokens) for corpus in corpora for sentence in corpus.iter_sentences()
    )
    if options.json:
        print_json(list(sentences))
    else:
        sys.stdout.writelines(f"{sentence}\n" for sentence in sentences)
    return 0
