"""What was said and what each system heard, word under word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from sttprep.evaluation.alignment import Alignment

__all__ = ["aligned_words", "aligned_words_html"]

_NOTHING = "\N{EN DASH}"


def aligned_words(
    alignments: Sequence[Alignment],
) -> list[tuple[str | None, tuple[str | None, ...]]]:
    """Columns of a table: the word that was said, and what each system heard there.

    Alignments of the same reference are merged: insertions of several systems between the same
    two words share columns.

    >>> from sttprep.evaluation import align
    >>> one, two = align(["a", "b"], ["a", "x", "b"]), align(["a", "b"], ["c", "b"])
    >>> aligned_words([one, two])
    [('a', ('a', 'c')), (None, ('x', None)), ('b', ('b', 'b'))]
    """
    per_system = [_by_reference(alignment) for alignment in alignments]
    reference = alignments[0].reference
    columns: list[tuple[str | None, tuple[str | None, ...]]] = []
    for place in range(len(reference) + 1):
        inserted = [gaps[place] for gaps, _ in per_system]
        columns += [
            (None, tuple(words[depth] if depth < len(words) else None for words in inserted))
            for depth in range(max(map(len, inserted)))
        ]
        if place < len(reference):
            columns.append((reference[place], tuple(heard[place] for _, heard in per_system)))
    return columns


def _by_reference(alignment: Alignment) -> tuple[list[list[str]], list[str | None]]:
    """Words inserted before each reference word (and at the end), and the word heard for each."""
    gaps: list[list[str]] = [[]]
    heard: list[str | None] = []
    for said, word in alignment.pairs:
        if said is not None:
            heard.append(word)
            gaps.append([])
        elif word is not None:
            gaps[-1].append(word)
    return gaps, heard


def aligned_words_html(alignments: Mapping[str, Alignment]) -> str:
    """The alignments of several systems as one picture of words, errors marked.

    Screen readers get the plain texts instead, since columns of words cannot be read out.
    """
    first = next(iter(alignments.values()))
    texts = {"said": first.reference}
    texts.update({f"{name} heard": item.hypothesis for name, item in alignments.items()})
    spoken = "; ".join(f"{who}: {' '.join(words) or 'nothing'}" for who, words in texts.items())
    names = "".join(
        f'<span class="cell" title="{escape(name)}">{escape(name)}</span>'
        for name in ("said", *alignments)
    )
    columns = []
    for said, heard in aligned_words(list(alignments.values())):
        cells = "".join(_cell(said, word) for word in heard)
        top = "" if said is None else escape(said)
        columns.append(f'<span class="column"><b class="cell" dir="auto">{top}</b>{cells}</span>')
    return (
        f'<div class="words" role="img" aria-label="{escape(spoken)}">'
        f'<span class="column names">{names}</span>'
        f'<span class="text">{"".join(columns)}</span></div>'
    )


def _cell(said: str | None, heard: str | None) -> str:
    if heard is None:
        kind, text = ("", "") if said is None else ("del", _NOTHING)
    else:
        kind = "ins" if said is None else "hit" if said == heard else "sub"
        text = heard
    return f'<span class="cell {kind}" dir="auto">{escape(text)}</span>'
