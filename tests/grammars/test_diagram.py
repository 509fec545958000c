"""Railroad diagrams: every construct is drawn, the rails hang together, nothing is too large."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sttprep.grammars.diagram import drawing, railroad, rule_anchor
from sttprep.grammars.diagram_layout import shortened, text_width
from sttprep.grammars.expression import (
    MAX_DEPTH,
    Alternative,
    Alternatives,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.grammar import Body, Rule

SVG = "{http://www.w3.org/2000/svg}"


def rule(expression, name="r", **fields):
    """A rule around an expression."""
    return Rule(name, Body(expression), **fields)


def choice(*items):
    """Alternatives without weights; a text is a token."""
    return Alternatives(
        tuple(Alternative(Token(item) if isinstance(item, str) else item) for item in items)
    )


def tree(expression, **options):
    """The diagram as an element tree."""
    return ET.fromstring(railroad(rule(expression), **options))


def texts(root):
    """Everything written, in drawing order."""
    return [element.text for element in root.iter(f"{SVG}text")]


KINDS = [
    (Token("tea"), ["tea"], "“tea”"),
    (Token("New York", quoted=True), ['"New York"'], '“"New York"”'),
    (Reference("size"), ["size"], "size"),
    (Reference("city", "places.gram"), ["city of places.gram"], "city of places.gram"),
    (Reference(None, "places.gram"), ["root of places.gram"], "root of places.gram"),
    (Special("NULL"), ["NULL: nothing"], "NULL: nothing"),
    (Special("VOID"), ["VOID: never"], "VOID: never"),
    (Special("GARBAGE"), ["GARBAGE: any words"], "GARBAGE: any words"),
    (Tag("out = 1;"), ["{out = 1;}"], "tag {out = 1;}"),
    (Sequence(()), [], "nothing"),
    (Sequence((Token("a"), Token("b"))), ["a", "b"], "“a”, then “b”"),
    (Sequence((Sequence((Token("a"),)), Token("b"))), ["a", "b"], "“a”, then “b”"),
    (choice("a", "b"), ["a", "b"], "one of (“a”; “b”)"),
    (
        Alternatives((Alternative(Token("a"), 2.5), Alternative(Token("b")))),
        ["weight 2.5", "a", "b"],
        "one of (“a” (weight 2.5); “b”)",
    ),
    (Repeat(Token("a"), 0, 1), ["a"], "optionally (“a”)"),
    (Repeat(Token("a"), 0, 1, 0.6), ["a", "p = 0.6"], "optionally (“a”, p = 0.6)"),
    (Repeat(Token("a"), 0, None), ["a", "0 or more ×"], "optionally ((“a”) 0 or more times)"),
    (Repeat(Token("a"), 1, None, 0.5), ["a", "1 or more ×, p = 0.5"], "(“a”) 1 or more times"),
    (Repeat(Token("a"), 2, 5), ["a", "2–5 ×"], "(“a”) 2–5 times"),
    (Repeat(Token("a"), 3, 3), ["a", "3 ×"], "(“a”) 3 times"),
    (Repeat(Token("a"), 1, 1), ["a"], "“a”"),
    (
        Repeat(Token("a"), 0, 0),
        ["a", "0 ×: always left out"],
        "optionally ((“a”) 0 ×: always left out)",
    ),
    (InLanguage(Token("oui"), "fr-CA"), ["oui", "in fr-CA"], "(“oui”) in fr-CA"),
    (Run("iced tea | milk"), ["iced", "tea", "milk"], "one of (“iced”, then “tea”; “milk”)"),
]


@pytest.mark.parametrize(("expression", "written", "said"), KINDS)
def test_every_construct_is_drawn_and_said(expression, written, said):
    """What is written in the picture, and its description for those who cannot see it."""
    if isinstance(expression, Run):
        expression = Alternatives((expression,))
    root = tree(expression)
    assert texts(root) == written
    assert root.find(f"{SVG}desc").text == said


def test_words_are_round_and_rules_are_square():
    """The two kinds differ in shape, not only in colour."""
    word, name = tree(Sequence((Token("a"), Reference("x")))).iter(f"{SVG}rect")
    assert int(word.get("rx")) == int(word.get("height")) / 2
    assert int(name.get("rx")) < 4


def test_a_diagram_is_an_image_with_a_name():
    """Screen readers get a role, a title and a description."""
    root = tree(Token("a"))
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.find(f"{SVG}title").text == "Rule r"


def test_references_lead_to_their_rules():
    """Within the page, with the page's prefix, and only to rules that are there."""
    both = Sequence((Reference("size"), Reference("größe"), Reference("city", "x.gram")))

    def links(**options):
        return [a.get("href") for a in tree(both, **options).iter(f"{SVG}a")]

    assert links() == ["#rule-size", "#rule-gr%C3%B6%C3%9Fe"]
    assert links(prefix="g1-", targets={"size"}) == ["#g1-rule-size"]


def test_a_rule_that_could_not_be_read_says_so():
    """Its stand-in is not drawn."""
    svg = railroad(rule(Special("VOID"), broken=True))
    assert "this rule could not be read" in svg
    assert "never" not in svg


@pytest.mark.parametrize(
    "text",
    ["<b>&amp;\"'", "a\0b\x1b", "\ud800", "\ufffe", "x" * 5000, "a\nb\tc", "]]>", "-->", "\u202e"],
)
def test_any_text_gives_well_formed_xml(text):
    """In words, rules, tags, languages, addresses and the rule's own name."""
    everything = Sequence(
        (
            Token(text), Reference(text), Reference(text, text), Tag(text),
            InLanguage(Token(text, quoted=True), text),
        )
    )  # fmt: skip
    for svg in (
        railroad(rule(everything, name=text), prefix=text),
        drawing([rule(everything, name=text)]),
    ):
        ET.fromstring(svg.encode("utf-8"))


def test_long_texts_are_shortened_and_whole_in_the_tooltip():
    """A box stays narrow."""
    root = tree(Token("long " * 40 + "end"))
    [written] = texts(root)
    assert written.endswith("…")
    assert len(written) <= 48
    titles = [element.text for element in root.iter(f"{SVG}title")]
    assert titles[1].endswith("long end")


def test_wide_characters_get_wide_boxes():
    """Chinese, Japanese and Korean take two columns, marks above letters none."""
    assert text_width("東京") == text_width("abcd")
    assert text_width("한국어") == text_width("abcdef")
    assert text_width("e\u0301") == text_width("e")
    assert shortened("東京" * 40, 20) == "東京東京東京東京東…"


def test_text_from_right_to_left_keeps_its_order():
    """Its direction is set, so that quotation marks and numbers stand on the right side."""
    root = tree(Sequence((Token("متى سيكون", quoted=True), Token("when"))))
    assert [element.get("direction") for element in root.iter(f"{SVG}text")] == ["rtl", None]


def many(count):
    """Plain alternatives as a reader keeps them, and one by one."""
    words = [f"w{number}" for number in range(count)]
    return Alternatives((Run(" | ".join(words)),)), choice(*words)


@pytest.mark.parametrize("count", [1, 11, 12, 13, 40, 1000])
def test_a_run_is_drawn_as_its_alternatives(count):
    """Equal grammars have equal pictures, byte for byte."""
    run, items = many(count)
    assert railroad(rule(run)) == railroad(rule(items))


def test_long_lists_are_shortened():
    """Up to twelve words are shown, of more the first ten and how many follow."""
    assert texts(tree(many(12)[0])) == [f"w{number}" for number in range(12)]
    first = [f"w{number}" for number in range(10)]
    assert texts(tree(many(13)[0])) == [*first, "… 3 more"]
    assert texts(tree(many(10_000)[0])) == [*first, "… 9,990 more"]


def test_other_alternatives_are_kept_among_words():
    """Rules and groups are shown, in their place, where words are left out."""
    words = Run(" | ".join(f"w{number}" for number in range(50)))
    mixed = Alternatives((Alternative(Reference("first")), words, Alternative(Reference("last"))))
    assert texts(tree(mixed)) == [
        "first", *(f"w{number}" for number in range(10)), "last", "… 40 more"
    ]  # fmt: skip


def test_a_long_list_is_counted_not_made(monkeypatch):
    """Of a million alternatives only those shown become nodes."""
    made = []
    items = Run.items.fget

    def counted(self):
        for item in items(self):
            made.append(item)
            yield item

    monkeypatch.setattr(Run, "items", property(counted))
    text = " | ".join(["word"] * 1_000_000)
    assert "999,990 more" in railroad(rule(Alternatives((Run(text),))))
    assert len(made) <= 13


def nested(levels):
    """Alternatives within sequences within alternatives, so many groups deep."""
    node = Token("x")
    for _ in range(levels):
        node = Sequence((choice("a", Sequence((node, Token("b")))),))
    return node


@pytest.mark.parametrize(
    "expression",
    [
        nested(MAX_DEPTH),
        Sequence(tuple(Token(f"w{number}") for number in range(100_000))),
        Sequence(tuple(many(13)[0] for _ in range(1000))),
        choice(*(Reference(f"r{number}") for number in range(10_000))),
        Sequence(tuple(Tag("x" * 100_000) for _ in range(50))),
    ],
    ids=["deep", "long", "wide", "many", "tags"],
)
def test_no_diagram_grows_without_end(expression):
    """What is left out is marked with an ellipsis."""
    svg = railroad(rule(expression))
    assert len(svg) < 500_000
    assert "…" in svg
    ET.fromstring(svg)


def test_groups_without_end_are_nothing_special():
    """Brackets around one thing add no line."""
    node = Token("x")
    for _ in range(MAX_DEPTH):
        node = Sequence((node,))
    assert railroad(rule(node)) == railroad(rule(Token("x")))


def test_long_sequences_are_wrapped():
    """A line is no wider than a notebook's output, and every word is there."""
    words = [f"word{number}" for number in range(60)]
    root = tree(Sequence(tuple(map(Token, words))))
    assert int(root.get("width")) < 1000
    assert texts(root) == words


def test_several_rules_are_one_document():
    """Each has its name and its anchor; the links between them lead there."""
    svg = drawing([rule(Reference("b"), "a"), rule(Token("x"), "b")])
    root = ET.fromstring(svg)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids == [rule_anchor("a"), rule_anchor("b")] == ["rule-a", "rule-b"]
    assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["#rule-b"]


WORD = st.sampled_from(["a", "to", "coffee", "東京", "a rather long word group"])
EXPRESSIONS = st.recursive(
    st.one_of(
        st.builds(Token, WORD, quoted=st.booleans()),
        st.builds(Reference, WORD),
        st.builds(Special, st.sampled_from(["NULL", "VOID", "GARBAGE"])),
        st.builds(Tag, WORD),
        st.just(Sequence(())),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=9).map(lambda items: Sequence(tuple(items))),
        st.lists(
            st.builds(Alternative, inner, st.sampled_from([None, 2.0, 0.125])),
            min_size=1,
            max_size=5,
        ).map(lambda items: Alternatives(tuple(items))),
        st.builds(
            lambda body, limits, chance: Repeat(body, *limits, chance),
            inner,
            st.sampled_from([(0, 1), (0, None), (1, None), (2, 5), (3, 3), (1, 1), (0, 0)]),
            st.sampled_from([None, 0.5]),
        ),
        st.builds(InLanguage, inner, st.just("fr")),
    ),
    max_leaves=25,
)


LONG = Sequence(tuple(Repeat(Token(f"word{number}"), 0, 1) for number in range(30)))


def numbers(element, *names):
    """Whole-number attributes."""
    return tuple(int(element.get(name)) for name in names)


def shapes(root, drawn=False):
    """x, y, width and height of the boxes, frames (and boxes without outline) left out."""
    return [
        numbers(element, "x", "y", "width", "height")
        for element in root.iter(f"{SVG}rect")
        if element.get("stroke-dasharray") != "4 3"
        and not (drawn and element.get("stroke") == "none")
    ]


def rails(root):
    """Each rail as a list of points."""
    words = iter(re.findall(r"[A-Za-z]|-?\d+", next(root.iter(f"{SVG}path")).get("d")))
    lines, command, x, y = [], "", 0, 0
    for word in words:
        if word.isalpha():
            command, word = word, next(words)
        take = {"H": 0, "h": 0, "V": 0, "v": 0, "a": 6}.get(command, 1)
        values = [int(word), *(int(next(words)) for _ in range(take))]
        if command in "Mm":
            x, y = values if command == "M" else (x + values[0], y + values[1])
            lines.append([])
        elif command in "Hh":
            x = values[0] + (x if command == "h" else 0)
        elif command in "Vv":
            y = values[0] + (y if command == "v" else 0)
        else:
            x, y = x + values[-2], y + values[-1]
        lines[-1].append((x, y))
    return lines


def touches(point, line):
    """Whether a point is on a rail."""
    x, y = point
    return point in line or any(
        (y == top == bottom and min(left, right) <= x <= max(left, right))
        or (x == left == right and min(top, bottom) <= y <= max(top, bottom))
        for (left, top), (right, bottom) in pairwise(line)
    )


@given(EXPRESSIONS)
@example(LONG)
@example(choice("a", LONG, Repeat(LONG, 2, None)))
def test_boxes_stay_apart_and_inside(expression):
    """No box covers another one or a rail, and nothing leaves the picture."""
    root = tree(expression)
    width, height = numbers(root, "width", "height")
    boxes = shapes(root)
    for x, y, w, h in boxes:
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height
    for index, (x, y, w, h) in enumerate(boxes):
        for left, top, right, bottom in boxes[:index]:
            assert x >= left + right or left >= x + w or y >= top + bottom or top >= y + h
    for line in rails(root):
        for x, y in line:
            assert 0 <= x <= width
            assert 0 <= y <= height
        for (x1, y1), (x2, y2) in pairwise(line):
            for x, y, w, h in shapes(root, drawn=True):
                beside = max(x1, x2) <= x or min(x1, x2) >= x + w
                assert beside or max(y1, y2) <= y or min(y1, y2) >= y + h


@given(EXPRESSIONS)
@example(LONG)
@example(choice("a", LONG, Repeat(LONG, 2, None)))
def test_rails_hang_together(expression):
    """Every box lies on a rail on both sides, and from any rail every other can be reached."""
    root = tree(expression)
    lines = rails(root)
    lines += [[(x, y + h // 2), (x + w, y + h // 2)] for x, y, w, h in shapes(root)]
    reached, waiting = {0}, [0]
    while waiting:
        line = lines[waiting.pop()]
        for index, other in enumerate(lines):
            if index not in reached and (
                any(touches(end, other) for end in (line[0], line[-1]))
                or any(touches(end, line) for end in (other[0], other[-1]))
            ):
                reached.add(index)
                waiting.append(index)
    assert reached == set(range(len(lines)))
