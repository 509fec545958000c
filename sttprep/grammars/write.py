"""A grammar as text of any of the three formats.

>>> from sttprep.grammars import read_grammar
>>> menu = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... /** What people say. */
... $order = a $size ("iced tea" | /2/ coffee)<1-2>;
... $size = small | large;
... ''')
>>> print(write(menu, "jsgf"), end="")
#JSGF V1.0 UTF-8 en-US;
grammar order;
<BLANKLINE>
/** What people say. */
public <order> = a <size> (/1/ "iced tea" | /2/ coffee) [/1/ "iced tea" | /2/ coffee];
<BLANKLINE>
<size> = small | large;
"""

from __future__ import annotations

from sttprep.errors import GrammarError
from sttprep.grammars.grammar import Grammar, GrammarFormat
from sttprep.grammars.write_abnf import abnf_text
from sttprep.grammars.write_grxml import grxml_text
from sttprep.grammars.write_jsgf import jsgf_text
from sttprep.grammars.write_target import Target

__all__ = ["write"]

_WRITERS = {"abnf": abnf_text, "grxml": grxml_text, "jsgf": jsgf_text}


def write(grammar: Grammar, format: GrammarFormat) -> str:
    """The grammar as text; what it accepts stays the same.

    Declarations a format does not have, and probabilities of repeats, become comments there.

    Raises:
        GrammarError: the format has no words for something in the grammar; every such place; or
            there is no such format.
    """
    if format not in _WRITERS:
        names = ", ".join(_WRITERS)
        raise GrammarError(f"There is no grammar format {format!r}.", hint=f"There are: {names}.")
    target = Target(grammar, format)
    text = _WRITERS[format](target)
    if target.problems:
        target.problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
        raise GrammarError(problems=target.problems)
    return text
