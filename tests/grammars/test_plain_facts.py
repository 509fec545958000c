"""The facts of a simple right side from its text are those of its expression."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.errors import GrammarError
from sttprep.grammars import read_grammar
from sttprep.grammars.facts import find_facts
from sttprep.grammars.plain import PlainBody
from sttprep.grammars.plain_facts import plain_facts

WORDS = st.sampled_from(["a", "b", "<x>", "<y>", "<x>", "a-b", "<NULL>", '"c d"', "<g.x>", "\n"])
REPEATED = st.sampled_from(["", "", "", "*", "+", " *"])


def group(inner):
    """Alternatives of some items each, in brackets."""
    items = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    ways = st.lists(items, min_size=1, max_size=3).map(" | ".join)
    brackets = st.sampled_from(["()", "[]"])
    return st.builds(
        lambda text, pair, repeat: pair[0] + text + pair[1] + repeat, ways, brackets, REPEATED
    )


BODIES = st.lists(
    st.lists(st.recursive(WORDS, group, max_leaves=5), min_size=1, max_size=4).map(" ".join),
    min_size=1,
    max_size=3,
).map("|".join)


def body_of(text):
    """The right side of the first rule."""
    source = f"#JSGF V1.0;\ngrammar g;\npublic <r> = {text};\n<x> = a;\n<y> = b;\n"
    return read_grammar(source).by_name["r"].body


@settings(max_examples=60, deadline=None)
@given(BODIES)
def test_the_text_says_what_the_expression_says(text):
    """Whichever way they are found, the facts are the same."""
    try:
        body = body_of(text)
    except GrammarError:  # an alternative of blanks only
        return
    assert body.facts == find_facts(body.expression)


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("tea | iced coffee", True),
        ("tea | tea", False),
        ("tea | iced  coffee|iced coffee", False),
        ("set <x> to (a | b <y>)+ [please]", True),
        ("a* | [<x>]", True),
        ("<x>+ <y>", False),
        ("[a]*", False),
        ("a {tag}", False),
        ('"New York"', False),
        ("/2/ a | /3/ b", False),
        ("<NULL>", False),
        ("a " * 300, True),
        ("<x> (a) " * 300, False),
    ],
)
def test_what_is_simple(text, simple):
    """Words, names, groups, and repeats of what is always said are; other texts are not."""
    body = body_of(text)
    assert isinstance(body, PlainBody)
    known = plain_facts(text, body._build)
    assert (known is not None) is simple
    assert known in (None, find_facts(body.expression))
