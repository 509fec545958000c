"""The accepted sentence nearest to another one."""

from __future__ import annotations

import pytest

from sttprep.grammars import read_grammar
from sttprep.grammars.nearest import nearest

HEAD = "#ABNF 1.0;\nlanguage en-US;\nroot $r;\n"
MENU = read_grammar(HEAD + "$r = (small | large | huge) (tea | coffee);\n")
CENTRE = read_grammar(HEAD + "$r = before $r after | small | large;\n")


@pytest.mark.parametrize(
    ("grammar", "given", "found"),
    [
        (MENU, "small tea", ("small tea", 0)),
        (MENU, "smal tea", ("small tea", 1)),
        (MENU, "larg tee", ("large tea", 2)),
        (MENU, "huge", ("huge coffee", 1)),
        (CENTRE, "before smal after", ("before small after", 1)),
        (CENTRE, "before larg after", ("before large after", 1)),
    ],
)
def test_a_word_exchanged_is_spelled_most_like_the_given_one(grammar, given, found):
    """Of equally near sentences that one; fewest words changed comes first."""
    assert nearest(grammar, given) == found
