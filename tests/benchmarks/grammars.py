"""Times of the grammar room as ratios in one run: ``python tests/benchmarks/grammars.py``.

Every line is the best of some runs, in milliseconds of processor time (other work on the machine
counts less) without garbage collection (as timeit has it), and how many times the first line of
its table that is: ``re.findall`` cutting the same text into words and signs, or what is named
there.
pocketsphinx is what others would use; it reads JSGF only.
"""

from __future__ import annotations

import gc
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pocketsphinx

from sttprep.grammars import Grammar, read_grammar
from sttprep.grammars.expression import walk

Result = TypeVar("Result")

_PIECE = re.compile(r"[^\s|;=()\[\]<>{}*+/\"]+|[|;=()\[\]<>{}*+/\"]")
_PATIENCE = 60.0  # seconds after which a slow rival is not tried on anything bigger
_BUDGET = 1.5  # seconds spent on one line of the table


class Table:
    """Lines that are compared with the first one."""

    def __init__(self, title: str) -> None:
        print(f"\n{title}")
        self.first: float | None = None

    def line(
        self, name: str, work: Callable[[], Result], before: Callable[[], object] = int
    ) -> Result:
        """Time a piece of work; ``before`` runs before each time and is not counted."""
        times: list[float] = []
        begun = time.process_time()
        while len(times) < 2 or (time.process_time() - begun < _BUDGET and len(times) < 50):
            before()
            gc.collect()
            gc.disable()
            start = time.process_time()
            result = work()
            times.append(time.process_time() - start)
            gc.enable()
            if times[-1] > _PATIENCE / 4:
                break
        best = min(times)
        self.first = self.first or best
        print(f"  {name:58} {best * 1000:10.2f} ms {best / self.first:9.2f} ×")
        return result


class Fresh:
    """A text with other words each time, so that no rule of it has been read before."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.number = 0
        self.data = b""

    def change(self) -> None:
        """Take other words."""
        self.number += 1
        self.data = self.text.replace("wor", f"{self.number:03}").encode()

    def read(self) -> Grammar:
        """The grammar of the present text."""
        return read_grammar(self.data)


def words(count: int) -> list[str]:
    """Alternatives of one word each."""
    return [f"word{number}" for number in range(count)]


def abnf(rules: dict[str, str]) -> str:
    """ABNF text; names of rules are written ``<name>`` in the right sides."""
    root = next(iter(rules))
    lines = [f"${name} = {body};" for name, body in rules.items()]
    text = "\n".join(["#ABNF 1.0 UTF-8;", "language en-US;", f"root ${root};", *lines])
    return re.sub(r"<(\w+)>", r"$\1", text) + "\n"


def jsgf(rules: dict[str, str]) -> str:
    """JSGF text; the first rule is public."""
    lines = [f"<{name}> = {body};" for name, body in rules.items()]
    return "\n".join(["#JSGF V1.0;", "grammar g;", "public " + lines[0], *lines[1:]]) + "\n"


def rule_heavy(count: int) -> dict[str, str]:
    """Rules of 48 characters: words, options, alternatives, a reference to the next rule."""
    rules = {}
    for number in range(count):
        after = f"<r{number + 1}>" if number + 1 < count and number % 10 != 9 else "end"
        rules[f"r{number}"] = f"(word{number} | other{number}) [very] {after}"
    tops = " | ".join(f"<r{number}>" for number in range(0, count, 10))
    return {"top": tops} | rules


def every_node(grammar: Grammar) -> int:
    """How many nodes there are, each made."""
    return sum(1 for rule in grammar.rules for _ in walk(rule.expression))


def read_with_pocketsphinx(path: Path) -> pocketsphinx.Jsgf:
    """A grammar by pocketsphinx's own parser."""
    return pocketsphinx.Jsgf(str(path))


def parse_table(title: str, rules: dict[str, str], folder: Path) -> None:
    """Bytes → grammar → number of sentences, against cutting the text and against pocketsphinx."""
    texts = {"ABNF": abnf(rules), "JSGF": jsgf(rules)}
    path = folder / "g.gram"
    path.write_text(texts["JSGF"], "utf-8")
    size = len(texts["JSGF"])
    table = Table(f"{title} ({size // 1000:,} kB)")
    table.line("re.findall: words and signs", lambda: _PIECE.findall(texts["JSGF"]))
    table.line("pocketsphinx: parse JSGF", lambda: read_with_pocketsphinx(path))
    for name, text in texts.items():
        fresh = Fresh(text)
        read, change = fresh.read, fresh.change
        table.line(f"{name}: read", read, change)
        table.line(f"{name}: read, count", lambda read=read: read().count(), change)
        table.line(
            f"{name}: read, every node, count",
            lambda read=read: (every_node(g := read()), g.count()),
            change,
        )


def edit_table(rules: dict[str, str]) -> None:
    """Checking a grammar again after one rule was edited."""
    table = Table(f"Edit one of {len(rules):,} rules")
    for make in (abnf, jsgf):
        text = make(rules)
        numbers = iter(range(10**9))

        def edited(text: str = text, numbers=numbers) -> Grammar:
            return read_grammar(text.replace("word500 ", f"new{next(numbers)} "))

        edited()
        table.line(f"{make.__name__.upper()}: read and check again", edited)


def match_table(folder: Path) -> None:
    """1,000 sentences, one after the other."""
    grammar = read_grammar(jsgf(rule_heavy(1000)))
    sentences = grammar.sample(500, seed=1)
    sentences += [f"{sentence} not" for sentence in sentences]
    automaton = grammar.automaton()
    plain = [dict(arcs) for arcs in automaton.arcs]
    finals = list(automaton.finals)

    def by_dict() -> int:
        accepted = 0
        for sentence in sentences:
            state: int | None = 0
            for word in sentence.split():
                state = plain[state].get(word)
                if state is None:
                    break
            accepted += state is not None and finals[state]
        return accepted

    table = Table("Match 1,000 sentences (1,000 rules)")
    expected = table.line("a plain dictionary for each state", by_dict)
    accepts = grammar.accepts
    found = table.line("accepts", lambda: sum(map(accepts, sentences)))
    assert found == expected == 500
    path = folder / "fsg"
    path.write_text(grammar.fsg().to_fsg())
    model = pocketsphinx.FsgModel.readfile(str(path), pocketsphinx.LogMath(), 1.0)
    found = table.line("pocketsphinx: accept", lambda: sum(map(model.accept, sentences)))
    assert found == expected


def graph_table(folder: Path) -> None:
    """From a grammar to the graph a recognizer searches."""
    for count in (1000, 10_000):
        rules = {"top": " | ".join(words(count))}
        text = jsgf(rules)
        path = folder / "g.gram"
        path.write_text(text, "utf-8")
        table = Table(f"Recognizer graph of {count:,} alternatives")

        def rival(path: Path = path) -> object:
            grammar = read_with_pocketsphinx(path)
            return grammar.build_fsg(grammar.get_rule("g.top"), pocketsphinx.LogMath(), 1.0)

        table.line("pocketsphinx: parse JSGF, build_fsg", rival)
        fresh = Fresh(text)
        table.line("read, fsg", lambda fresh=fresh: fresh.read().fsg(), fresh.change)


def growth_table() -> None:
    """Recognizer graph with more and more rules."""
    table = Table("Recognizer graph with growing numbers of rules")
    for count in (500, 1000, 2000, 4000):
        fresh = Fresh(jsgf(rule_heavy(count)))
        work = lambda fresh=fresh: fresh.read().fsg()  # noqa: E731
        table.line(f"{count:,} rules: read, fsg", work, fresh.change)


def main() -> None:
    """Print all tables."""
    pocketsphinx.set_loglevel("FATAL")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (10_000, 100_000):
            rules = {"top": " | ".join(words(count))}
            parse_table(f"A list of {count:,} alternatives", rules, folder)
        parse_table("1,000 rules", rule_heavy(1000), folder)
        edit_table(rule_heavy(1000))
        match_table(folder)
        graph_table(folder)
        growth_table()


if __name__ == "__main__":
    main()
