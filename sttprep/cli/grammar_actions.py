"""What the actions of ``sttprep grammar`` do; each answers the exit code."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sttprep.cli.output import print_json, tell
from sttprep.errors import GrammarError, NotFoundError

if TYPE_CHECKING:
    from sttprep.grammars import Grammar, Rule

__all__ = [
    "GRAPHS", "LISTED", "SAMPLED", "check", "convert", "count", "diff", "draw", "match", "sample"
]  # fmt: skip

GRAPHS = ("fsg", "openfst", "dot")
"""Graphs to convert to."""
SAMPLED = 10
"""Sentences made by chance, unless -n says otherwise."""
LISTED = 1_000
"""Sentences of --all, unless -n says otherwise."""

_NAMED = 5  # words in a line of text that could stand at a place
_EXPECTED = 100  # the same in JSON
_DIGITS = 4_300  # of the longest number Python writes out
_DRAWN = 1_000  # rules, unless --rule names them


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


def check(options: argparse.Namespace) -> int:
    """Print every problem; 1 where there are errors or warnings."""
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
        # Bytes that are no text reach us as lone surrogates, which nothing can print.
        return [text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                for text in options.given]  # fmt: skip
    if options.file == "-" and options.sentences in (None, "-"):
        raise GrammarError(
            "The grammar comes from standard input, so the sentences cannot.",
            hint="Give them with --sentences FILE or on the command line.",
        )
    lines = _text("-" if options.sentences is None else options.sentences).splitlines()
    return [line for line in lines if line.strip()]


def _text(path: str) -> str:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
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


def match(options: argparse.Namespace) -> int:
    """Print which sentences are accepted; 1 where one is not."""
    sentences = _sentences(options)
    grammar = _read(options.file, options)
    rows = []
    for sentence in sentences:
        row: dict[str, Any] = {"sentence": sentence, "accepted": False}
        if grammar.accepts(sentence, options.root):
            row["accepted"] = True
            if options.parse:
                row["parse"] = grammar.parse(sentence, options.root)
        else:
            row |= _missed(grammar, sentence, options.root)
        rows.append(row)
        if not options.json:
            _print_match(row)
    if options.json:
        print_json([row | _as_json(row) for row in rows])
    return int(not all(row["accepted"] for row in rows))


def _missed(grammar: Grammar, sentence: str, root: str | None) -> dict[str, Any]:
    """Where a sentence leaves the grammar, and the accepted one that is nearest."""
    from sttprep.grammars.nearest import first_wrong, nearest

    position, expected = first_wrong(grammar, sentence, root)
    found, distance = nearest(grammar, sentence, root) or (None, None)
    return {
        "position": position,
        "expected": list(expected[:_EXPECTED]),
        "expected_total": len(expected),
        "nearest": found,
        "distance": distance,
    }


def _as_json(row: dict[str, Any]) -> dict[str, Any]:
    return {"parse": row["parse"].to_json()} if "parse" in row else {}


def _print_match(row: dict[str, Any]) -> None:
    if row["accepted"]:
        print(f"accepted      {_quoted(row['sentence'])}")
        if "parse" in row:
            _print_lines(f"    {line}" for line in row["parse"].tree().splitlines())
        return
    print(f"not accepted  {_quoted(row['sentence'])}")
    words, position = row["sentence"].split(), row["position"]
    place = f'at "{words[position]}"' if position < len(words) else "at the end"
    said = ", ".join(row["expected"][:_NAMED]) or "the end of the sentence"
    if row["expected_total"] > _NAMED:
        said += f" or {row['expected_total'] - _NAMED:,} others"
    if row["expected"] or position:
        print(f"              {place}: expected {said}")
    if row["nearest"] is not None:
        changes = "1 word differs" if row["distance"] == 1 else f"{row['distance']} words differ"
        print(f"     nearest  {_quoted(row['nearest'])}  ({changes})")


def count(options: argparse.Namespace) -> int:
    """Print the number of different sentences."""
    number = _read(options.file, options).count(options.root)
    if options.json:
        print_json({"count": _shown(number, plain=True)})
    else:
        print(_shown(number))
    return 0


def _shown(number: int | float, plain: bool = False) -> int | str:
    """A number of sentences as text, or (plain) as JSON where it can be."""
    from sttprep.grammars.wording import number_text

    if number == math.inf:
        return "infinite"
    whole = int(number)
    return whole if plain and whole < 10**_DIGITS else number_text(whole, _DIGITS)


def sample(options: argparse.Namespace) -> int:
    """Print sentences."""
    grammar = _read(options.file, options)
    if not (options.all or options.cover):
        number = SAMPLED if options.n is None else options.n
        sentences = grammar.sample(number, options.seed, options.root, options.weighted)
        return _print_sentences(sentences, {}, options)
    total: int | float
    if options.cover:
        sentences = grammar.cover(options.root)
        total = len(sentences)
        sentences = sentences[: options.n]
    else:
        limit = LISTED if options.n is None else options.n
        sentences = list(islice(grammar.sentences(options.root), limit))
        total = grammar.count(options.root)
    complete = len(sentences) >= total
    if not complete:
        tell(f"These are {len(sentences):,} of {_number_of(total)}; -n N gives more.")
    return _print_sentences(sentences, {"complete": complete}, options)


def _print_sentences(
    sentences: list[str], facts: dict[str, Any], options: argparse.Namespace
) -> int:
    if options.json:
        print_json({"sentences": sentences, **facts})
    else:
        _print_lines(sentences)
    return 0


def convert(options: argparse.Namespace) -> int:
    """Write the grammar in another format."""
    grammar = _read(options.file, options)
    if options.to in GRAPHS:
        return _convert_to_graph(grammar, options)
    if options.root:
        raise GrammarError(
            f"--root has no meaning for --to {options.to}: the whole grammar is written.",
            hint=f"Leave --root out, or convert to one of {', '.join(GRAPHS)}.",
        )
    format = grammar.format if options.to == "same" else options.to
    return _deliver(grammar.to(format), {"format": format}, options)


def _convert_to_graph(grammar: Grammar, options: argparse.Namespace) -> int:
    graph = grammar.fsg(options.root)
    facts: dict[str, Any] = {"format": options.to}
    if options.to == "fsg":
        return _deliver(graph.to_fsg(), facts, options)
    if options.to == "dot":
        return _deliver(graph.to_dot(), facts, options)
    if options.output:
        symbols = f"{options.output}.syms"
        _write(symbols, graph.symbols())
        tell(f"{symbols} is written: the symbol table (fstcompile --isymbols --osymbols).")
        facts["symbols"] = symbols
    elif options.json:
        facts["symbols"] = graph.symbols()
    else:
        tell("fstcompile needs the symbol table too: -o OUT writes OUT and OUT.syms.")
    return _deliver(graph.to_openfst(), facts, options)


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


def diff(options: argparse.Namespace) -> int:
    """Compare two grammars; 1 where they differ."""
    if options.left == options.right == "-":
        raise GrammarError(
            "Only one of the two grammars can come from standard input.",
            hint="Give the other one as a file.",
        )
    left, right = _read(options.left, options), _read(options.right, options)
    found = left.diff(right, options.root, options.root)
    sides = (
        (options.left, found.count_only_left, found.only_left),
        (options.right, found.count_only_right, found.only_right),
    )
    if options.json:
        left_count, right_count = (
            None if count is None else _shown(count, plain=True) for _, count, _ in sides
        )
        print_json(
            {
                "equivalent": found.equivalent,
                "exact": found.exact,
                "only_left": list(found.only_left),
                "only_right": list(found.only_right),
                "count_only_left": left_count,
                "count_only_right": right_count,
            }
        )
        return int(not found.equivalent)
    if not found.exact:
        tell("Only shorter sentences were compared: a grammar has recursion inside a rule.")
    if found.equivalent:
        so_far = "" if found.exact else ", as far as compared"
        print(f"{options.left} and {options.right} accept the same sentences{so_far}.")
        return 0
    for file, count, sentences in sides:
        if sentences:
            more = ", the shortest" if count is None or count > len(sentences) else ""
            print(f"only {file} accepts {_number_of(count)}{more}:")
            _print_lines(f"  {_quoted(sentence)}" for sentence in sentences)
    return 1


def _number_of(count: int | float | None) -> str:
    if count is None or count == math.inf:
        return "some sentences" if count is None else "infinitely many sentences"
    return f"{_shown(count)} sentence{'' if count == 1 else 's'}"


def _quoted(sentence: str) -> str:
    return sentence or "(the empty sentence)"


def draw(options: argparse.Namespace) -> int:
    """Write diagrams."""
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
