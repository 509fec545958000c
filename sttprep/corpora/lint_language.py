"""Lines in another language of the same script, told by their function words.

>>> rule = language_rule("en-US")
>>> [found.message for found in rule("Nehmen Sie die Tablette nicht mit dem Essen ein.")]
['this line looks like German, unlike the language of the corpus.']
>>> list(rule("Hasta la vista means see you later."))
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sttprep.corpora.lint_found import Found, Rule
from sttprep.corpora.numerals import base_language

__all__ = ["candidates", "language_rule"]

# The most frequent words of each language, without those that another language of the table
# writes the same way as one of its own frequent words (die, in, per, man, was).
_FUNCTION_WORDS = {
    "en": "the and of to is are that with for this you not it have from be by which can your",
    "de": "der das und ist nicht ein eine einen mit sich auch wird werden sind zu auf für dem den "
    "von bei oder sie ich wenn durch nach",
    "fr": "le les des est une dans pour qui pas sur avec sont du et aux cette ce vous nous par ou "
    "votre être plus",
    "es": "el los las una por del con para es como su pero más está son se y que cuando puede sus",
    "it": "il della che di sono gli una nel con non è alla delle più anche questo può dei essere",
    "pt": "não uma dos das com para os ao são mais em um por seu sua você pode ou à é quando",
    "nl": "het een van niet zijn voor met dat wordt worden naar ook deze bij uw kan als aan",
}
# Frequent words that other languages write the same way; they speak for the language itself only.
_SHARED = {
    "en": "in is a so on me no do an am die was man per as come van pour all over",
    "de": "die in was man am an so es den per war hier",
    "fr": "à que de la se me te on en un si tu ne par ou plus pour",
    "es": "de la en que se no a o un si me te ya e lo más",
    "it": "la le in un a e i se no si me te o ma lo come era",
    "pt": "de a o e que se no na me te um as já por como era",
    "nl": "de in die was te op is en we je me of over per als",
}
_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch",
}  # fmt: skip
_WORDS = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_NOTHING = "\0\0"  # no line is expected to hold this; an empty expression would match all
_OWN = {code: _WORDS[code].union(words.split()) for code, words in _SHARED.items()}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 3  # different function words of the other language; two stand in names and titles


def candidates(language: str) -> str:
    """A line that the rule here cannot be about does not match this.

    It has one of the other languages' function words in lower case between blanks.

    >>> bool(re.search(candidates("en-US"), "Hasta la vista"))
    False
    """
    base = base_language(language)
    if base not in _WORDS:
        return _NOTHING
    foreign = "|".join(sorted(set().union(*_WORDS.values()) - _OWN[base]))
    return f" (?:{foreign}) "


def language_rule(language: str) -> Rule:
    """The rule about lines in another language; without findings where no words are known."""
    base = base_language(language)
    if base not in _WORDS:
        return lambda text: iter(())
    suspicious = re.compile(candidates(language)).search
    own = _OWN[base]

    def rule(text: str) -> Iterator[Found]:
        if not suspicious(text):
            return
        words = set(_WORD.findall(text.lower()))
        rest = words - own
        counts = {code: len(rest & table) for code, table in _WORDS.items() if code != base}
        best = max(counts, key=lambda code: (counts[code], code))
        # Spanish and Portuguese share words: the language's own count as much as the other's.
        if counts[best] < max(_FEWEST, 2 * len(words & own) + 1):
            return
        stripped = text.strip()
        start = text.index(stripped)
        yield Found(
            start, start + len(stripped), "note", "other-language",
            f"this line looks like {_NAMES[best]}, unlike the language of the corpus.",
            "Delete it, or move it to a corpus of its language.",
        )  # fmt: skip

    return rule
