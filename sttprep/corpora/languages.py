"""Languages a corpus may be in, and which of them have parsing rules.

IBM documents how it parses corpora of nine languages; of Arabic, Chinese, Czech, Hindi and Swedish
it says that the information "is not yet available". Corpora of these and of any other language
are read all the same: their tokens are stripped of punctuation, and numbers stay in digits.

>>> languages()["nl"]
Language(code='nl', name='Dutch', documented=True, tags=('nl-NL', 'nl-BE'))
>>> [language.name for language in languages().values() if not language.documented]
['Arabic', 'Chinese', 'Czech', 'Hindi', 'Swedish']
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sttprep.errors import CorpusError

__all__ = ["Language", "base_language", "check_language", "languages"]


@dataclass(frozen=True)
class Language:
    """A language of IBM's base models."""

    code: str
    """Two letters (ISO 639-1)."""
    name: str
    """English name."""
    documented: bool
    """IBM publishes how it parses corpora in this language."""
    tags: tuple[str, ...]
    """Dialects with base models of their own, or with a dialect of custom models."""


_LANGUAGES = {
    language.code: language
    for language in (
        Language("ar", "Arabic", False, ("ar-MS",)),
        Language("zh", "Chinese", False, ("zh-CN",)),
        Language("cs", "Czech", False, ("cs-CZ",)),
        Language("nl", "Dutch", True, ("nl-NL", "nl-BE")),
        Language("en", "English", True, ("en-US", "en-AU", "en-GB", "en-IN", "en-WW")),
        Language("fr", "French", True, ("fr-FR", "fr-CA")),
        Language("de", "German", True, ("de-DE",)),
        Language("hi", "Hindi", False, ("hi-IN",)),
        Language("it", "Italian", True, ("it-IT",)),
        Language("ja", "Japanese", True, ("ja-JP",)),
        Language("ko", "Korean", True, ("ko-KR",)),
        Language("pt", "Portuguese", True, ("pt-BR",)),
        Language(
            "es",
            "Spanish",
            True,
            ("es-ES", "es-LA", "es-US", "es-AR", "es-CL", "es-CO", "es-MX", "es-PE"),
        ),
        Language("sv", "Swedish", False, ("sv-SE",)),
    )
}
# The other two-letter codes of ISO 639-1: other recognizers know some of these languages.
_ISO_639_1 = frozenset(
    re.findall(
        "..",
        "aaabaeafakamanasavayazbabebgbhbibmbnbobrbscachcocrcvcudadvdzeeeleoeteufafffifjfofygagdglgn"
        "guhahehohrhthuhyhziaidieigiiikioisiujvkakgkikjkkklkmknkrkskukvkwkylalblglilnloltlulvmgmh"
        "mimkmlmnmrmsmtmynandnengnnnonrnvnyocojomorospapiplpsqurmrnrorurwsascsdsesgsiskslsmsnsosq"
        "srssstsuswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyiyozazu",
    )
)
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*")


@lru_cache(maxsize=1024)
def base_language(language: str) -> str:
    """The language without its country: ``"en"`` for ``"en-GB"``."""
    return re.split("[-_]", language, maxsplit=1)[0].lower()


def languages() -> Mapping[str, Language]:
    """The languages of IBM's base models by code, ordered by name.

    Corpora in other languages are read too; see `check_language`.
    """
    return dict(_LANGUAGES)


@lru_cache(maxsize=1024)
def check_language(language: str) -> Language:
    """The language of a tag such as ``en-US`` or ``fr``; any two-letter code of ISO 639-1 will do.

    Raises:
        CorpusError: there is no such language; the hint names the nearest.

    >>> check_language("es-MX").documented, check_language("pl-PL").documented
    (True, False)
    """
    match = _TAG.fullmatch(language)
    code = match[1].lower() if match else ""
    if code in _LANGUAGES:
        return _LANGUAGES[code]
    if code in _ISO_639_1:
        return Language(code, code, False, ())
    shown = language if len(language) <= 40 else f"{language[:40]}…"
    raise CorpusError(f"{shown!r} is no language.", hint=_nearest(language))


def _nearest(language: str) -> str:
    import difflib

    tags = {}
    for known in _LANGUAGES.values():
        for key in (known.name, known.code, *known.tags):
            tags[key.lower()] = (known.tags[0] if key in (known.name, known.code) else key, known)
    wanted = language.strip().lower().replace("_", "-")[:40]
    close = dict.fromkeys(tags[key] for key in difflib.get_close_matches(wanted, tags, 6, 0.2))
    shown = [f"{tag} ({known.name})" for tag, known in close][:3]
    if not shown:
        return "Write it like en-US or fr-FR."
    return f"The nearest are {', '.join(shown)}. Write it like en-US or fr."
