"""A pronunciation learnt from clips: candidates ranked by how well they explain the sound.

The transcript is aligned with the audio once for each candidate, everything else the same, so the
difference of two log-likelihoods is what the sound says for one against the other. Added is what
the spelling says. Of 45 words of AN4, taken for new (tests/benchmarks/learn_pronunciation.py),
right are

=====================  =========
by chance              12 %
the spelling's first   58 %
learnt from one clip   86 %
learnt from three      93 %
learnt from five       96 %
=====================  =========

Sound without spelling: 77 % from one clip, 92 % and 96 % from three and five. Of 30 custom words of
the sample project (synthetic voices, half of all clips noisy or by telephone), nothing given
but word, clip and transcript: 30 % by the spelling, 60 % from one clip, 77 % from two; phone errors
15.4 %, 5.4 %, 3.9 %.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sttprep.acoustics.files import NOISE_PHONES
from sttprep.data import stock_model
from sttprep.errors import AudioError, InputError, LanguageModelError, SttprepError, WordError
from sttprep.experiments.candidates import (
    Candidate,
    Given,
    candidates_for,
    given_candidates,
    heard_candidate,
    variants,
    wide_candidates,
)
from sttprep.experiments.learned import Clip, LearnedPronunciation, RankedPronunciation
from sttprep.experiments.respelling import respell
from sttprep.experiments.takes import Sound, Take, read_takes
from sttprep.ngrams.read import read_model
from sttprep.recognition import DEFAULT_MODEL, BaseModel
from sttprep.recognition import base_model as find_base_model
from sttprep.recognition.pool import DecoderPool, Request
from sttprep.words import Lexicon

__all__ = ["PRIOR_WEIGHT", "learn_pronunciation"]

PRIOR_WEIGHT = 20.0
"""Nats of sound that one log10 of the spelling's probability is worth.

Neighbouring frames say the same thing several times over, so sound is too sure of itself by about
the factor that recognizers set their language weight to (20 / ln 10 = 8.7). On AN4 weights from
10 to 40 differ by less than the draw of the clips does."""

_FRAME = 0.01  # seconds
_LISTENED = 3  # clips whose bare phones are made candidates
_ROUNDS = 3
_SPELLED = 6  # readings of the spelling that are ranked even if no clip chose them
# Nats the best must lead by. One clip of AN4: right are 99 % of those that lead by 40 or more, 81 %
# of those between 20 and 40. Of synthetic speech, where the right one may not be among the
# candidates, 20 of 24 with such a lead are right.
_CLEAR = 40.0
# Clips that outweigh a spelling: of seven variants that one clip preferred, two were right.
_WITNESSES = 3
# Nats a frame. Of 159 clips of AN4 all fit better, of texts that were not said 95 % below -2.7.
_FIT = -1.0


def learn_pronunciation(
    audio: Sound | Sequence[Sound],
    transcript: str | Sequence[str],
    word: str,
    *,
    sounds_like: Iterable[str] = (),
    base_model: str | BaseModel = DEFAULT_MODEL,
    lexicon: Lexicon | None = None,
    n: int = 5,
    candidates: Iterable[Given] | None = None,
    prior_weight: float = PRIOR_WEIGHT,
    n_workers: int | None = None,
) -> LearnedPronunciation:
    """Learn how a word is pronounced from clips in which it is said.

    Args:
        audio: One clip or a list of them, at most 60 s each: paths, contents or `Audio`.
        transcript: What is said in the clip; for a list of clips a list, or one for all.
        word: A word of the transcript, found in any case.
        sounds_like: Sounds-likes to try.
        base_model: Whose acoustic model listens.
        lexicon: Pronunciations of the other words; None: those of the base model.
        n: At most so many ranked candidates are returned.
        candidates: Exactly these are ranked, instead of those that the sounds-likes, the
            dictionary, the spelling and the bare sound suggest.
        prior_weight: What the spelling counts, see `PRIOR_WEIGHT`; 0: the sound alone.
        n_workers: Decoder processes; None: one a core.

    Raises:
        AudioError: a clip cannot be read, is too long or too short, or no clip fits its
            transcript.
        InputError: the word is not in a transcript, a transcript is missing, or words of it
            cannot be pronounced.
        WordError: the word cannot be pronounced, or a candidate has unknown phones.

    ::

        learnt = learn_pronunciation("order.flac", "my metformin please", "metformin")
        print(learnt)
        model.add_words([learnt.as_word()])
    """
    base = base_model if isinstance(base_model, BaseModel) else find_base_model(base_model)
    files = base.files()
    lexicon = lexicon if lexicon is not None else base.read_lexicon()
    if n < 1:
        raise InputError(f"{n} candidates were asked for.", hint="Ask for n=1 or more.")
    takes = read_takes(audio, transcript, word, base, lexicon)
    if candidates is None:
        known = candidates_for(word, sounds_like, language=base.language, lexicon=lexicon)
    else:
        known = given_candidates(candidates, base.phones - NOISE_PHONES)
        if not known:
            raise WordError("No candidate was given.", hint='Give one, for example "L IH P".')
    aligning = replace(files, lexicon="", language_model=None)
    with DecoderPool(aligning, n_workers) as pool:
        wide = wide_candidates(word, base.language, lexicon) if candidates is None else []
        fits, notes = _listen(pool, takes, _joined(known, wide), base, prior_weight)
        takes = [take for take, fit in zip(takes, fits, strict=True) if fit is not None]
        good = [fit for fit in fits if fit is not None]
        if candidates is None:
            known = _refined(pool, takes, good, known, wide, prior_weight)
        totals = _score(pool, takes, known)
    frames = sum(round((end - start) / _FRAME) for fit in good for start, end in fit.clip.times)
    ranked = _rank(known, totals, frames, prior_weight)
    notes += _doubts(ranked, len(good))
    usual = _usual_words(files.language_model or "")
    shown = [
        replace(one, sounds_like=_sounds_like(one, word, base.language, lexicon, usual))
        for one in ranked[:n]
    ]
    return LearnedPronunciation(
        word, tuple(shown), tuple(fit.clip for fit in good), not notes, tuple(notes)
    )


@dataclass(frozen=True)
class _Fit:
    """What a first hearing gave: the clip, and the phones of the word's stretch."""

    clip: Clip
    winner: Candidate
    heard: tuple[str, ...]


def _listen(
    pool: DecoderPool,
    takes: Sequence[Take],
    known: Sequence[Candidate],
    base: BaseModel,
    prior_weight: float,
) -> tuple[list[_Fit | None], list[str]]:
    """Align each clip with whichever candidate fits best, and hear its bare phones.

    Raises:
        AudioError: no clip can be aligned.
    """
    phone_model = _phone_language_model(base)
    requests: list[Request] = []
    for take in takes:
        requests.append(_choice(take, known, prior_weight))
        requests.append(_request(take, do="phones", model=phone_model))
    answers = _answers(pool, requests)
    fits: list[_Fit | None] = []
    notes = []
    for take, aligned, bare in zip(takes, answers[::2], answers[1::2], strict=True):
        if aligned["score"] is None or bare["score"] is None:
            fits.append(None)
            notes.append(
                f"{take.name}: the audio cannot be aligned with its transcript and was left out; "
                "check what is said in it."
            )
            continue
        places = [place for place, one in enumerate(take.words) if one is None]
        times = tuple((row[1], row[2]) for row in (aligned["words"][place] for place in places))
        heard = tuple(
            phone
            for phone, start, end in bare["phones"]
            if phone not in NOISE_PHONES and _inside(start, end, times[0])
        )
        fit = (aligned["score"] - bare["score"]) * _FRAME / take.seconds
        winner = known[aligned["words"][places[0]][0]]
        fits.append(_Fit(Clip(take.name, times, round(fit, 3)), winner, heard))
        if fit < _FIT:
            notes.append(
                f"{take.name}: the audio does not sound like its transcript (fit {fit:.2f}, "
                f"expected above {_FIT:g}); check what is said in it."
            )
    if not any(fits):
        raise AudioError(
            f"{takes[0].name}: the audio cannot be aligned with its transcript"
            + (f", nor can {len(takes) - 1} more clips." if len(takes) > 1 else "."),
            hint="Check that the transcript has every word that is said, and no other.",
        )
    return fits, notes


def _refined(
    pool: DecoderPool,
    takes: Sequence[Take],
    fits: Sequence[_Fit],
    known: Sequence[Candidate],
    wide: Sequence[Candidate],
    prior_weight: float,
) -> list[Candidate]:
    """The known candidates, and those the clips themselves find in several rounds.

    In each round every clip chooses among the winners so far and their variants.
    """
    everything = _joined(known, wide)
    heard = [heard_candidate(fit.heard, everything) for fit in fits[:_LISTENED]]
    winners = _joined([fit.winner for fit in fits], [one for one in heard if one is not None])
    for _ in range(_ROUNDS):
        offered = _joined(everything, winners)
        for winner in winners:
            offered = _joined(offered, variants(winner))
        answers = _answers(pool, [_choice(take, offered, prior_weight) for take in takes])
        chosen = []
        for take, answer in zip(takes, answers, strict=True):
            if answer["score"] is not None:
                place = take.words.index(None)
                chosen.append(offered[answer["words"][place][0]])
        more = _joined(winners, chosen)
        if len(more) == len(winners):
            break
        winners = more
    spelled = sorted((one for one in known if one.origin == "spelling"), key=lambda one: -one.prior)
    dropped = {one.phones for one in spelled[_SPELLED:]}
    return _joined([one for one in known if one.phones not in dropped], winners)


def _choice(take: Take, offered: Sequence[Candidate], prior_weight: float) -> Request:
    """Let a clip choose among candidates."""
    phones = [str(one) for one in offered]
    priors = {str(one): one.prior * prior_weight for one in offered}
    return _request(take, do="align", words=take.filled(phones), priors=priors)


def _score(pool: DecoderPool, takes: Sequence[Take], known: Sequence[Candidate]) -> list[float]:
    """The log-likelihood of each candidate, all clips together, in nats."""
    requests = [
        _request(take, do="align", words=take.filled([str(one)])) for one in known for take in takes
    ]
    answers = iter(_answers(pool, requests))
    totals = []
    for _ in known:
        scores = [next(answers)["score"] for _ in takes]
        totals.append(-math.inf if None in scores else math.fsum(scores))
    return totals


def _rank(
    known: Sequence[Candidate], totals: Sequence[float], frames: int, prior_weight: float
) -> list[RankedPronunciation]:
    """Candidates in the order of their scores."""
    scored = [
        (total + prior_weight * one.prior, total, one)
        for one, total in zip(known, totals, strict=True)
    ]
    scored.sort(key=lambda item: (-item[0], item[2].phones))
    best = scored[0][0]
    return [
        RankedPronunciation(
            one.phones,
            one.origin,
            round(total, 1),
            round(one.prior, 3),
            round(score, 1),
            round((best - score) / max(1, frames), 3),
            "",
        )
        for score, total, one in scored
        if score > -math.inf
    ]


def _doubts(ranked: Sequence[RankedPronunciation], clips: int) -> list[str]:
    """Why the first is not certain, if anything speaks against it."""
    first = ranked[0]
    notes = []
    if len(ranked) > 1 and (lead := first.score - ranked[1].score) < _CLEAR:
        notes.append(
            f"'{first}' leads '{ranked[1]}' by only {lead:.0f} nats (clear: {_CLEAR:.0f}); add "
            "clips of other speakers, or listen to both."
        )
    if first.origin in ("variant", "heard") and clips < _WITNESSES:
        notes.append(
            f"'{first}' is known from the sound of {clips} clip{'s' * (clips > 1)} alone, no "
            f"spelling speaks for it; add clips until there are {_WITNESSES}, or listen to it."
        )
    return notes


def _sounds_like(
    one: RankedPronunciation,
    word: str,
    language: str,
    lexicon: Lexicon,
    usual: Mapping[str, float],
) -> str:
    match = re.fullmatch("sounds like '(.*)'", one.origin)
    if match:
        return match[1]
    found = respell(one.phones, word, language=language, lexicon=lexicon, usual=usual)
    return found[0] if found else ""


def _request(take: Take, **what: Any) -> Request:
    return what, lambda: take.pcm


def _answers(pool: DecoderPool, requests: Sequence[Request]) -> list[dict[str, Any]]:
    """The answers in the order of the requests; the first error is raised."""
    found: dict[int, dict[str, Any]] = {}
    with closing(pool.ask(requests)) as answers:
        for index, answer in answers:
            if isinstance(answer, SttprepError):
                raise answer
            found[index] = answer
    return [found[index] for index in range(len(requests))]


def _joined(known: Sequence[Candidate], more: Iterable[Candidate]) -> list[Candidate]:
    """Both without repetitions, the known ones first."""
    found = {one.phones: one for one in known}
    for one in more:
        found.setdefault(one.phones, one)
    return list(found.values())


def _inside(start: float, end: float, stretch: tuple[float, float]) -> bool:
    """Whether more than half of a phone lies in a stretch."""
    return min(end, stretch[1]) - max(start, stretch[0]) > (end - start) / 2


def _phone_language_model(base: BaseModel) -> str | None:
    """The stock phone model, if its phones are those of the base model."""
    stock = stock_model()
    if base.acoustic_model == stock.acoustic_model and stock.phone_language_model.exists():
        return str(stock.phone_language_model)
    return None


@cache
def _usual_words(language_model: str) -> dict[str, float]:
    """log10 of the probability of the words of a base language model."""
    try:
        model = read_model(language_model)
    except LanguageModelError:
        return {}  # proposals are only a little less readable
    return dict(zip(model.words, model.tables[0].log_prob.tolist(), strict=True))
