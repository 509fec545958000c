"""``sttprep grammar``: check, try out, count, convert, compare and draw grammars."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sttprep.cli.output import add_json, print_json, tell
from sttprep.errors import GrammarError, NotFoundError

if TYPE_CHECKING:
    from sttprep.grammars import Grammar, Rule

__all__ = ["add_commands"]

_GRAPHS = ("fsg", "openfst", "dot")
_SAMPLED = 10  # sentences, unless -n says otherwise
_LISTED = 1_000  # sentences of --all, unless -n says otherwise
_DRAWN = 1_000  # rules, unless --rule names them

_FILE = "grammar file; - is standard input"


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    group = commands.add_parser(
        "grammar", help="check, try out, count, convert, compare and draw grammars"
    )
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)

    check = _action(
        actions, "check", _check, "show every problem, with its place and how to mend it"
    )
    check.add_argument("files", nargs="+", metavar="FILE", help=_FILE)

    match = _action(
        actions,
        "match",
        _match,
        "tell whether sentences are accepted; if not, which accepted sentence is nearest",
        "Without SENTENCE and --sentences, sentences are read from standard input, one a line.",
    )
    match.add_argument("file", metavar="FILE", help=_FILE)
    match.add_argument("given", nargs="*", metavar="SENTENCE", help="in quotes, if several words")
    match.add_argument("--sentences", metavar="TEXTFILE", help="sentences, one a line")
    match.add_argument("--parse", action="store_true", help="show how each sentence is matched")
    _add_root(match)

    count = _action(actions, "count", _count, "count the different sentences, exactly")
    count.add_argument("file", metavar="FILE", help=_FILE)
    _add_root(count)

    sample = _action(
        actions,
        "sample",
        _sample,
        "make sentences: some by chance, all, or a few that use everything",
    )
    sample.add_argument("file", metavar="FILE", help=_FILE)
    sample.add_argument(
        "-n",
        type=_number,
        metavar="N",
        help=f"how many ({_SAMPLED}; with --all at most {_LISTED:,})",
    )
    sample.add_argument(
        "--seed", type=int, default=0, metavar="S", help="another seed makes other sentences (0)"
    )
    way = sample.add_mutually_exclusive_group()
    way.add_argument(
        "--weighted",
        action="store_true",
        help="likelier where the grammar says so, by weights and repeat probabilities",
    )
    way.add_argument("--all", action="store_true", help="every sentence, the shortest first")
    way.add_argument(
        "--cover",
        action="store_true",
        help="a few sentences that use every rule and every alternative",
    )
    _add_root(sample)

    convert = _action(
        actions,
        "convert",
        _convert,
        "write the grammar in another format, or as a graph for a recognizer",
    )
    convert.add_argument("file", metavar="FILE", help=_FILE)
    convert.add_argument(
        "--to",
        required=True,
        choices=("abnf", "grxml", "jsgf", "same", *_GRAPHS),
        help="same is its own format, written anew in one style; fsg is for Sphinx recognizers, "
        "openfst for fstcompile, dot for Graphviz",
    )
    _add_out(convert, "file to write; if not given, standard output")
    _add_root(convert, " (for fsg, openfst and dot)")

    diff = _action(actions, "diff", _diff, "tell whether two grammars accept the same sentences")
    diff.add_argument("left", metavar="LEFT", help=_FILE)
    diff.add_argument("right", metavar="RIGHT", help=_FILE)
    _add_root(diff, " in both")

    draw = _action(actions, "draw", _draw, "draw railroad diagrams of the rules")
    draw.add_argument("file", metavar="FILE", help=_FILE)
    draw.add_argument(
        "--rule", action="append", metavar="NAME", help="draw this one (may be repeated)"
    )
    _add_out(draw, "file to write, OUT.svg or OUT.html; if not given, SVG on standard output")
    _add_root(draw)


def _action(actions: Any, name: str, run: Any, text: str, more: str = "") -> Any:
    parser = actions.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}. {more}".strip()
    )
    parser.add_argument(
        "--profile",
        default="w3c",
        choices=("w3c", "ibm", "pocketsphinx"),
        help="whose rules to check by: those of the specification (w3c, the default), of IBM's "
        "service, or of pocketsphinx",
    )
    parser.add_argument(
        "--format",
        choices=("abnf", "grxml", "jsgf"),
        help="grammar format; if not given, told by the content",
    )
    add_json(parser)
    parser.set_defaults(run=run)
    return parser


def _add_root(parser: Any, more: str = "") -> None:
    parser.add_argument(
        "--root", metavar="RULE", help=f"rule to start from{more}; if not given, the declared root"
    )


def _add_out(parser: Any, text: str) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", help=text)


def _number(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return number


def _content(file: str) -> bytes | Path:
    return sys.stdin.buffer.read() if file == "-" else Path(file)


def _read(file: str, options: argparse.Namespace) -> Grammar:
    """The grammar of a file; one with errors is bad input."""
    from sttprep.grammars.html import tally
    from sttprep.grammars.read import read_grammar

    grammar = read_grammar(_content(file), options.format, options.profile)
    if any(problem.severity != "note" for problem in grammar.problems):
        see = "" if file == "-" else f" (see: sttprep grammar check {file})"
        tell(f"{file}: {tally(grammar.problems)}{see}")
    return grammar


def _print_lines(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _check(options: argparse.Namespace) -> int:
    from sttprep.grammars.html import tally
    from sttprep.grammars.read import check_grammar

    found = 0
    documents = []
    for file in options.files:
        problems = check_grammar(_content(file), options.format, options.profile)
        found |= any(problem.severity != "note" for problem in problems)
        documents.append({"file": file, "problems": [problem.to_json() for problem in problems]})
        if not options.json:
            _print_lines(problem.render() for problem in problems)
            print(f"{file}: {tally(problems) or 'no problems'}")
    if options.json:
        print_json(documents)
    return int(found)


def _sentences(options: argparse.Namespace) -> list[str]:
    """What to match: from the command line, a text file, or standard input."""
    if options.given and options.sentences:
        raise GrammarError(
            "Sentences are given twice: on the command line and with --sentences.",
            hint="Give them in one way.",
        )
    if options.given:
        return list(options.given)
    if options.sentences is None:
        if options.file == "-":
            raise GrammarError(
                "The grammar comes from standard input, so the sentences cannot.",
                hint="Give them with --sentences FILE or on the command line.",
            )
        lines = sys.stdin.read().splitlines()
    else:
        lines = _text(options.sentences).splitlines()
    return [line for line in lines if line.strip()]


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GrammarError(
            f"{path}: the file cannot be read: {error.strerror}.", hint="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise GrammarError(
            f"{path}: the file is not UTF-8 (byte {error.start}).", hint="Save it as UTF-8 text."
        ) from error


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise GrammarError(
            f"{path}: the file cannot be written: {error.strerror}.",
            hint="Check the folder and its permissions.",
        ) from error


def _match(options: argparse.Namespace) -> int:
    sentences = _sentences(options)
    grammar = _read(options.file, options)
    missed = [text for text in sentences if not grammar.accepts(text, options.root)]
    nearest = _nearest(grammar, missed, options.root)
    rows = []
    for sentence in sentences:
        row: dict[str, Any] = {"sentence": sentence, "accepted": sentence not in nearest}
        if sentence in nearest:
            row["nearest"] = nearest[sentence]
        elif options.parse:
            row["parse"] = grammar.parse(sentence, options.root)
        rows.append(row)
        if not options.json:
            _print_match(row)
    if options.json:
        print_json([{**row, "parse": row["parse"].to_json()} if "parse" in row else row
                    for row in rows])  # fmt: skip
    return int(bool(missed))


def _nearest(grammar: Grammar, missed: list[str], root: str | None) -> dict[str, str | None]:
    """The nearest accepted sentence of each; None where none is known."""
    raise NotImplementedError


def _print_match(row: dict[str, Any]) -> None:
    print(f"{'accepted    ' if row['accepted'] else 'not accepted'}  {_quoted(row['sentence'])}")
    if row.get("nearest") is not None:
        print(f"     nearest  {_quoted(row['nearest'])}")
    if "parse" in row:
        _print_lines(f"    {line}" for line in row["parse"].tree().splitlines())


def _count(options: argparse.Namespace) -> int:
    number = _read(options.file, options).count(options.root)
    if options.json:
        print_json({"count": "infinite" if number == math.inf else number})
    else:
        print("infinite" if number == math.inf else f"{number:,}")
    return 0


def _sample(options: argparse.Namespace) -> int:
    grammar = _read(options.file, options)
    total: int | float
    if options.cover:
        covering = grammar.cover(options.root)
        sentences = covering if options.n is None else covering[: options.n]
        total = len(covering)
    elif options.all:
        limit = _LISTED if options.n is None else options.n
        sentences = list(islice(grammar.sentences(options.root), limit))
        total = grammar.count(options.root)
    else:
        limit = _SAMPLED if options.n is None else options.n
        sentences = grammar.sample(limit, options.seed, options.root, options.weighted)
        total = len(sentences)
    if len(sentences) < total:
        number = "infinitely many" if total == math.inf else f"{total:,}"
        tell(f"These are {len(sentences):,} of {number} sentences; -n N gives more.")
    if options.json:
        print_json({"sentences": sentences, "complete": len(sentences) >= total})
    else:
        _print_lines(sentences)
    return 0


def _convert(options: argparse.Namespace) -> int:
    grammar = _read(options.file, options)
    if options.to in _GRAPHS:
        graph = grammar.fsg(options.root)
        text = {"fsg": graph.to_fsg, "openfst": graph.to_openfst, "dot": graph.to_dot}[options.to]()
    elif options.root:
        raise GrammarError(
            f"--root has no meaning for --to {options.to}: the whole grammar is written.",
            hint=f"Leave --root out, or give --to {', '.join(_GRAPHS)}.",
        )
    else:
        text = grammar.to(grammar.format if options.to == "same" else options.to)
    format = grammar.format if options.to == "same" else options.to
    return _deliver(text, {"format": format}, options)


def _deliver(text: str, facts: dict[str, Any], options: argparse.Namespace) -> int:
    """Write a text to the file asked for, or print it."""
    if options.output:
        _write(options.output, text)
        facts["output"] = options.output
        tell(f"{options.output} is written.")
    else:
        facts["text"] = text
    if options.json:
        print_json(facts)
    elif not options.output:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    return 0


def _diff(options: argparse.Namespace) -> int:
    if options.left == options.right == "-":
        raise GrammarError(
            "Only one of the two grammars can come from standard input.",
            hint="Give the other one as a file.",
        )
    left, right = _read(options.left, options), _read(options.right, options)
    found = left.diff(right, options.root, options.root)
    if options.json:
        print_json(
            {
                "equivalent": found.equivalent,
                "only_left": found.only_left,
                "only_right": found.only_right,
            }
        )
    elif found.equivalent:
        print(f"{options.left} and {options.right} accept the same sentences.")
    else:
        for file, sentence in ((options.left, found.only_left), (options.right, found.only_right)):
            if sentence is not None:
                print(f"only {file} accepts: {_quoted(sentence)}")
    return int(not found.equivalent)


def _quoted(sentence: str) -> str:
    return sentence or "(the empty sentence)"


def _draw(options: argparse.Namespace) -> int:
    from sttprep.grammars.diagram import drawing
    from sttprep.grammars.html import grammar_page

    kind = Path(options.output).suffix.lower() if options.output else ".svg"
    if kind not in (".svg", ".html"):
        raise GrammarError(
            f"{options.output}: only .svg and .html files can be drawn.",
            hint=f'For example: -o "{Path(options.output).stem}.svg".',
        )
    grammar = _read(options.file, options)
    rules = _chosen(grammar, options)
    text = drawing(rules) if kind == ".svg" else grammar_page(grammar, rules)
    return _deliver(text, {"format": kind[1:], "rules": [rule.name for rule in rules]}, options)


def _chosen(grammar: Grammar, options: argparse.Namespace) -> Sequence[Rule]:
    """The rules to draw."""
    from sttprep.grammars.html import reading_order

    asked = [name.lstrip("$").strip("<>") for name in options.rule or ()]
    for name in (*asked, *([options.root] if options.root else ())):
        if name.lstrip("$").strip("<>") not in grammar.by_name:
            raise NotFoundError("rule", name, grammar.by_name)
    if asked:
        return [grammar.by_name[name] for name in asked]
    rules = reading_order(grammar, options.root)
    if len(rules) > _DRAWN:
        tell(f"{_DRAWN:,} of {len(rules):,} rules are drawn; --rule NAME draws others.")
    return rules[:_DRAWN]
