"""What a notebook shows of a grammar and of problems."""

from __future__ import annotations

import math
import re
import sys
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from sttprep.errors import GrammarError
from sttprep.grammars import Grammar, Header, Rule
from sttprep.grammars.expression import Reference, Sequence, Token
from sttprep.grammars.grammar import Body
from sttprep.grammars.html import grammar_html, problems_html, reading_order, tally
from sttprep.source import Problem, Source, Span

TEXT = "#ABNF 1.0;\nroot $order;\n$size = small;\n$order = a $size <b>;\n"


class Page(HTMLParser):
    """Checks that every element is closed where it should be; collects what is asked about."""

    VOID = frozenset({"meta", "br", "hr"})

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.texts = [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        """An element begins."""
        found = dict(attributes)
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if "href" in found:
            self.links.append(found["href"])

    def handle_startendtag(self, tag, attributes):
        """An element without content."""
        self.tags.append(tag)

    def handle_endtag(self, tag):
        """An element ends: the one opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Text between elements."""
        self.texts.append(data)

    @property
    def text(self):
        """All text."""
        return "".join(self.texts)


def grammar(text=TEXT, name="menu.abnf", format="abnf", root="order", extra=(), **fields):
    """A small grammar with two rules, the root last."""
    rules = (
        Rule("size", Body(Token("small")), documentation="How <large>.", examples=("small",)),
        Rule("order", Body(Sequence((Token("a"), Reference("size")))), "public",
             offset=text.find("$order =")),
        *extra,
    )  # fmt: skip
    header = Header(language="en-US", root=root)
    return Grammar(format, header, rules, Source(name, text), **fields)


@pytest.fixture
def counted(monkeypatch):
    """Sets what counting answers (or raises)."""

    def answer(value):
        def count(grammar, root=None, budget=None):
            if isinstance(value, Exception):
                raise value
            return value

        module = SimpleNamespace(count=count)
        monkeypatch.setitem(sys.modules, "sttprep.grammars.counting", module)

    answer(1)
    return answer


@pytest.mark.usefixtures("counted")
def test_the_root_comes_first():
    """Then the rules it uses, then the others."""
    others = (Rule("x", Body(Token("x"))), Rule("late", Body(Reference("x"))))
    shown = grammar(extra=others)
    assert [rule.name for rule in reading_order(shown)] == ["order", "size", "x", "late"]
    page = Page(grammar_html(shown))
    assert [name.split("-")[-1] for name in page.ids] == ["order", "size", "x", "late"]
    assert [rule.name for rule in reading_order(shown, "late")] == ["late", "x", "size", "order"]


@pytest.mark.usefixtures("counted")
def test_without_a_root_public_rules_come_first():
    """They are what can be used from outside."""
    public = Rule("also", Body(Token("x")), "public")
    for shown, order, said in (
        (grammar(root=None), ["order", "size"], "public rule $order"),
        (grammar(root=None, extra=(public,)), ["order", "also", "size"], "2 public rules"),
    ):
        assert [rule.name for rule in reading_order(shown)] == order
        assert f"· {said} ·" in Page(grammar_html(shown)).text
    assert "no root, no public rule" in grammar_html(Grammar("jsgf", Header(), ()))


@pytest.mark.parametrize("format", ["abnf", "grxml", "jsgf"])
def test_rules_are_named_as_the_format_writes_them(format, counted):
    """With a dollar sign, in angle brackets, or bare."""
    page = Page(grammar_html(grammar(format=format)))
    name = {"abnf": "$order", "grxml": "order", "jsgf": "<order>"}[format]
    assert f"root {name} " in page.text
    assert name in page.texts


@pytest.mark.usefixtures("counted")
def test_a_rule_is_shown_with_all_that_is_known_of_it():
    """Documentation, examples, scope and place."""
    page = Page(grammar_html(grammar()))
    assert "How <large>." in page.texts
    assert "for example “small”" in page.texts
    assert "root · public · line 4" in page.texts


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (15_692_141_883_605, "15,692,141,883,605 sentences"),
        (1, "1 sentence"),
        (0, "0 sentences"),
        (10**18 - 1, "999,999,999,999,999,999 sentences"),
        (10**18, "about 1.00 × 10^18 sentences"),
        pytest.param(7 * 10**9000, "about 7.00 × 10^9000 sentences", id="long"),
        (math.inf, "infinitely many sentences"),
        (GrammarError("the grammar is not regular."), None),
    ],
)
def test_the_number_of_sentences(counted, answer, shown):
    """Exact where it can be had; where it cannot, nothing is said."""
    counted(answer)
    text = Page(grammar_html(grammar())).text
    if shown is None:
        assert "sentence" not in text
    else:
        assert f"· {shown}" in text


def test_a_large_grammar_is_not_counted_unasked(counted):
    """Showing a grammar never takes long."""
    counted(AssertionError("counted"))
    text = Page(grammar_html(grammar(TEXT + "// much text\n" * 10_000))).text
    assert "sentence" not in text


@pytest.mark.usefixtures("counted")
def test_links_lead_to_rules_of_the_same_grammar():
    """Two grammars in one page have different anchors, and every link has its target."""
    first, second = grammar(), grammar(TEXT.replace("small", "tall"))
    page = Page(grammar_html(first) + grammar_html(second))
    assert len(set(page.ids)) == len(page.ids) == 4
    assert len(page.links) == 2
    assert {f"#{name}" for name in page.ids} > {unquote(link) for link in page.links}


@pytest.mark.usefixtures("counted")
def test_large_grammars_are_shortened():
    """Thirty rules are drawn, the others named; a link to a rule not drawn is none."""
    extra = [Rule(f"r{number}", Body(Reference(f"r{number + 1}"))) for number in range(1000)]
    extra.append(Rule("r1000", Body(Token("end"))))
    page = Page(grammar_html(grammar(extra=tuple(extra))))
    assert page.tags.count("svg") == 30
    assert "973 more rules are not drawn: $r28, $r29, " in page.text
    assert "$r327 and 673 more." in page.text
    assert set(page.links) <= {f"#{name}" for name in page.ids}


@pytest.mark.usefixtures("counted")
def test_the_rules_asked_for_are_drawn():
    """And no others are spoken of."""
    shown = grammar()
    page = Page(grammar_html(shown, [shown.by_name["size"]]))
    assert page.tags.count("svg") == 1
    assert "not drawn" not in page.text


@pytest.mark.usefixtures("counted")
def test_the_same_grammar_has_the_same_bytes():
    """A stored notebook can be compared."""
    assert grammar_html(grammar()) == grammar_html(grammar())


def problem(severity="error", **fields):
    """A finding about ``$size`` in the second rule."""
    start = TEXT.rindex("$size")
    return Source("menu.abnf", TEXT).problem(
        severity, "undefined-rule", Span(start, start + 5), "rule <i>$size</i> is not defined.",
        'Add "$size = small;".', **fields,
    )  # fmt: skip


def test_a_problem_is_shown_whole():
    """How bad, where, what, how to mend it, and the line with a caret."""
    page = Page(problems_html([problem()]))
    assert page.texts[0] == "1 error"
    for part in ("error", "menu.abnf:4:12", "rule <i>$size</i> is not defined."):
        assert part in page.texts
    assert 'Add "$size = small;".' in page.texts
    assert "  4 | $order = a $size <b>;\n    |            ^^^^^" in page.texts


def test_severities_differ_in_word_and_colour():
    """Colour alone says nothing."""
    listed = [problem(severity) for severity in ("error", "warning", "note")]
    shown = problems_html(listed)
    colours = re.findall(r'<b style="color:(#\w+)">(\w+)</b>', shown)
    assert [word for _, word in colours] == ["error", "warning", "note"]
    assert len({colour for colour, _ in colours}) == 3
    assert Page(shown).texts[0] == tally(listed) == "1 error, 1 warning, 1 note"


def test_no_problems_is_said():
    """An empty list is an answer too."""
    assert Page(problems_html([])).text == "No problems."


def test_very_many_problems_are_counted():
    """A page stays readable."""
    page = Page(problems_html([problem()] * 5000))
    assert page.texts[0] == "5,000 errors"
    assert "… and 4,900 more problems" in page.texts
    assert page.tags.count("li") == 101


def test_a_problem_without_a_place():
    """Nothing is shown that is not known."""
    page = Page(problems_html([Problem("note", "x", "no language.")]))
    assert "code" not in page.tags
    assert "pre" not in page.tags


@pytest.mark.usefixtures("counted")
def test_everything_is_shown_offline_and_nothing_runs():
    """No scripts, no style sheets, nothing loaded, no attribute that runs code."""
    shown = grammar_html(grammar(problems=(problem("warning"),)))
    assert set(Page(shown).tags) <= {
        "div", "p", "b", "span", "code", "ul", "li", "pre", "svg", "title", "desc", "g", "path",
        "rect", "text", "a",
    }  # fmt: skip
    assert not re.search(r"\bon\w+=|javascript:|url\(|src=|@import", shown)
    assert set(re.findall(r"https?://[^\"]+", shown)) == {"http://www.w3.org/2000/svg"}
    assert "warning" in shown
