"""What next-generation models make of a word and its sounds-likes: both may be said for the other.

>>> display_pairs(Word("IEEE", ["I triple E"]))
(('I triple E', 'IEEE'), ('IEEE', 'I triple E'))
"""

from __future__ import annotations

from sttprep.words.entry import Word

__all__ = ["display_pairs"]


def display_pairs(word: Word) -> tuple[tuple[str, str], ...]:
    """Pairs of what is said and what is written for it, for next-generation models.

    The documentation of those models (language-resource-ng.md, parseWord-additional-ng) applies a
    sounds-like in both directions: what sounds like the word is written as the word, and the word
    where it is read out as what it sounds like. First all pairs of the first direction, in the
    order of the sounds-likes, then those of the second; none where nothing sounds like the word
    but itself. ``display_as`` plays no part: transcripts show it in place of the word afterwards.

    >>> display_pairs(Word("hhonors", ["hilton honors", "H honors"]))[:2]
    (('hilton honors', 'hhonors'), ('H honors', 'hhonors'))
    >>> display_pairs(Word("Lipitor"))
    ()
    """
    others = [text for text in dict.fromkeys(word.sounds_like) if text != word.word]
    return (
        *((text, word.word) for text in others),
        *((word.word, text) for text in others),
    )
