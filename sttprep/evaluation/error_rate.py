"""How many words were recognized wrong, which ones, and for whom.

Counts are the truth and rates are derived from them: the rate of a corpus is its errors divided
by its reference words, never the mean of the rates of its utterances. The rates are jiwer's:

* WER, word error rate: (S + D + I) / (H + S + D)
* CER, character error rate: the same over characters, blanks between words included
* MER, match error rate: (S + D + I) / (H + S + D + I)
* WIL, word information lost: 1 − H/(H + S + D) · H/(H + S + I)  (Morris, Maier and Green 2004)

with hits H, substitutions S, deletions D and insertions I. Without reference words WER and CER
are the number of insertions, MER and WIL are 1 (0 if nothing was inserted): jiwer's conventions.
Insertions into an utterance without words count in the pooled rate like any other.

>>> report = score(
...     ["take two tablets", "twice daily"],
...     ["Take two tablet.", "twice a daily"],
... )
>>> report.wer
0.4
>>> report.confusions
(Confusion(reference='tablets', hypothesis='tablet', count=1),)
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from sttprep.errors import TestSetError
from sttprep.evaluation.alignment import Alignment, align
from sttprep.evaluation.normalize import Normalizer
from sttprep.evaluation.normalize import normalize as normalize_text
from sttprep.evaluation.utterance import ScoredUtterance
from sttprep.evaluation.wer_report import WerReport

__all__ = ["score"]


def score(
    references: str | Sequence[str],
    hypotheses: str | Sequence[str],
    *,
    labels: Sequence[Mapping[str, str]] | None = None,
    names: Sequence[str] | None = None,
    vocabulary: Container[str] | None = None,
    normalize: bool | Normalizer = True,
) -> WerReport:
    """Compare recognized texts with what was said.

    Args:
        references: what was said, one text per utterance (or one text for one utterance).
        hypotheses: what was recognized, in the same order.
        labels: labels of each utterance, for :meth:`WerReport.by`.
        names: a name for each utterance; by default its number from 1.
        vocabulary: words of the base model, lower case; for :attr:`WerReport.oov_recall`.
        normalize: True for :func:`~sttprep.evaluation.normalize.normalize`, False to compare the
            words as written, or a function of your own. Both sides get the same treatment.

    Raises:
        TestSetError: nothing to score, different numbers of texts, or a text that is no string.

    >>> print(score("seven o'clock", "Seven o'clock."))
    WER 0.0 % (95 % interval 0.0 to 0.0 %): 0 errors in 2 words (0 substituted, 0 left out, \
0 inserted), 1 utterance
    """
    said = _texts("reference", references)
    heard = _texts("hypothesis", hypotheses)
    if not said and not heard:
        raise TestSetError(
            "There is nothing to score: no references and no hypotheses.",
            hint='Give at least one pair of texts: score(["two tablets"], ["two tablet"]).',
        )
    for what, items in (("hypotheses", heard), ("labels", labels), ("names", names)):
        if items is not None and len(items) != len(said):
            raise TestSetError(_different_numbers(said, what, items))
    prepare = normalize if callable(normalize) else normalize_text if normalize else str
    alignments = [
        align(prepare(reference).split(), prepare(hypothesis).split())
        for reference, hypothesis in zip(said, heard, strict=True)
    ]
    utterances = tuple(
        ScoredUtterance(
            names[index] if names else str(index + 1),
            alignment,
            labels[index] if labels else {},
        )
        for index, alignment in enumerate(alignments)
    )
    return WerReport(utterances, _outside(vocabulary, alignments, prepare))


def _texts(kind: str, texts: str | Iterable[object]) -> list[str]:
    checked: list[str] = []
    for number, text in enumerate([texts] if isinstance(texts, str) else texts, 1):
        if not isinstance(text, str):
            raise TestSetError(
                f"{kind} {number} is {text!r}, not a text.",
                hint='Give "" where nothing was recognized.',
            )
        checked.append(text)
    return checked


def _different_numbers(said: Sequence[str], what: str, items: Sequence[object]) -> str:
    place = min(len(said), len(items))
    first = (
        f"reference {place + 1} ({said[place]!r}) has no counterpart"
        if len(said) > len(items)
        else f"number {place + 1} of the {what} ({items[place]!r}) has no reference"
    )
    return f"{len(said)} references but {len(items)} {what}: {first}."


def _outside(
    vocabulary: Container[str] | None, alignments: Iterable[Alignment], prepare: Normalizer
) -> frozenset[str] | None:
    """Words of the texts that are not in the vocabulary."""
    if vocabulary is None:
        return None
    if isinstance(vocabulary, str):
        raise TestSetError(
            f"The vocabulary is the text {vocabulary[:40]!r}, not a set of words.",
            hint='Give the words: vocabulary={"take", "two"}, or a Lexicon.',
        )
    known = vocabulary
    if isinstance(vocabulary, set | frozenset | list | tuple | Mapping):
        # Words as users write them, "Take" or "x-ray", are compared as the texts are.
        known = {part for word in vocabulary for part in prepare(str(word)).split()}
    words = {word for alignment in alignments for pair in alignment.pairs for word in pair if word}
    return frozenset(word for word in words if word not in known)
