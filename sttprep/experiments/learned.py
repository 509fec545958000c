"""What was learnt about a word's pronunciation: ranked candidates, and how far to trust them."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sttprep.words import Word

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Clip", "LearnedPronunciation", "RankedPronunciation"]

_COLUMNS = ("phones", "origin", "sounds_like", "log_likelihood", "prior", "score", "margin")


@dataclass(frozen=True)
class RankedPronunciation:
    """A pronunciation and how well it fits what was said."""

    phones: tuple[str, ...]
    """ARPAbet phones without stress."""
    origin: str
    """Who proposed it: ``dictionary``, ``spelling``, ``sounds like '…'``, ``heard`` …"""
    log_likelihood: float
    """Of all clips together, in nats; only differences between candidates mean something."""
    prior: float
    """log10 of how probable it was before anyone listened."""
    score: float
    """What the order is by: ``log_likelihood`` and the weighted ``prior``, in nats."""
    margin: float
    """How far its score lies behind the best one's, in nats for each 10 ms of the word."""
    sounds_like: str
    """Ordinary spelling that says exactly these phones; empty if none was found."""

    def __str__(self) -> str:
        return " ".join(self.phones)


@dataclass(frozen=True)
class Clip:
    """Where the word lies in one recording."""

    name: str
    """The file, or ``clip 1``."""
    times: tuple[tuple[float, float], ...]
    """Start and end of each time the word is said, in seconds."""
    fit: float
    """How much better the transcript explains the audio than mere phones do, in nats for each
    10 ms; far below that of other clips: the transcript is not what was said."""


@dataclass(frozen=True)
class LearnedPronunciation:
    """How a word is said, by the sound of it."""

    word: str
    """As given."""
    candidates: tuple[RankedPronunciation, ...]
    """The best first."""
    clips: tuple[Clip, ...]
    """What was listened to."""
    confident: bool
    """Whether the best one leads clearly and the audio matches its transcript."""
    notes: tuple[str, ...] = ()
    """Why not, and what was left out; each with what to do about it."""

    @property
    def best(self) -> RankedPronunciation:
        """The first of the candidates."""
        return self.candidates[0]

    def as_word(self) -> Word:
        """The custom word with the sounds-like of the best candidate, if it has one."""
        return Word(self.word, [self.best.sounds_like] if self.best.sounds_like else [])

    def frame(self) -> pd.DataFrame:
        """One row a candidate, the best first; columns as of `RankedPronunciation`."""
        import pandas as pd

        rows = [
            {name: str(one) if name == "phones" else getattr(one, name) for name in _COLUMNS}
            for one in self.candidates
        ]
        return pd.DataFrame(rows, columns=list(_COLUMNS))

    def __str__(self) -> str:
        lines = [f"{self.word}: {self._verdict}"]
        width = max(len(str(one)) for one in self.candidates)
        lines += [
            f"  {one!s:<{width}}  {one.margin:6.2f}  {one.origin}"
            + (f"  → {one.sounds_like}" if one.sounds_like else "")
            for one in self.candidates
        ]
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])

    @property
    def _verdict(self) -> str:
        how = f", written '{self.best.sounds_like}'" if self.best.sounds_like else ""
        sure = "" if self.confident else " (not certain)"
        return f"{self.best}{how}{sure}"

    def _repr_html_(self) -> str:
        def cells(tag: str, values: tuple[str, ...]) -> str:
            return "".join(f"<{tag}>{html.escape(value)}</{tag}>" for value in values)

        head = cells("th", ("phones", "proposed by", "sounds like", "behind the best"))
        rows = "".join(
            f"<tr>{cells('td', (str(one), one.origin, one.sounds_like, f'{one.margin:.2f}'))}</tr>"
            for one in self.candidates
        )
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        return (
            f"<p><b>{html.escape(self.word)}</b>: {html.escape(self._verdict)}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
            + (f"<ul>{notes}</ul>" if notes else "")
        )
