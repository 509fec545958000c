"""What an unknown token looks like: acronym, compound, address, inflection …

`kind_of` judges the token alone; what only its contexts and the rest of the corpus can tell (a
name, a foreign word) is added by `sttprep.corpora.oov_details`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from typing import Literal

from sttprep.corpora.numerals import base_language
from sttprep.corpora.tokenize import is_address

__all__ = ["KINDS", "Kind", "inflection_bases", "kind_of", "kinds_of"]

Kind = Literal[
    "word",
    "name",
    "acronym",
    "compound",
    "inflection",
    "possessive",
    "code",
    "number",
    "foreign",
    "respelling",
    "address",
    "markup",
]

KINDS: dict[Kind, str] = {
    "word": "a word in ordinary spelling (metformin)",
    "name": "a word the corpus always writes with a capital, inside sentences too (Zellweger)",
    "acronym": "an abbreviation, read as letters, as a word or in full (MVD, mmHg)",
    "compound": "parts joined by a hyphen, not all of them known (Tay-Sachs)",
    "inflection": "a known word with a regular ending (aneurysms)",
    "possessive": "a known word with 's (provider's)",
    "code": "letters and digits (H5N1)",
    "number": "a Roman numeral (VIII)",
    "foreign": "letters or letter sequences that the lexicon's language does not have (naïf)",
    "respelling": "a pronunciation written for readers (ah-RITH-me-ah)",
    "address": "a web or mail address, or the name of a file (www.cdc.gov)",
    "markup": "what is left of mark-up or of an upload (nbsp, href)",
}
"""Every kind with what it means and an example."""

_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,}s?")
_DOMAIN = re.compile(r"[\w.-]+\.(?:com|org|net|gov|edu)", re.I)
# Units and mixed-case abbreviations: no vowel at all (kg, Rh), or a capital inside few letters
# (mmHg, tPA, fMRI).
_ABBREVIATION = re.compile(
    r"[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz]{2,4}|[a-z]{1,2}[A-Z]{1,4}[a-z]?|[A-Z][a-z][A-Z]"
)
_SHORT = 4  # letters; up to here words in lower case may be abbreviations or numerals
# Longer words that end like no inflection.
_is_plain = re.compile(rf"[A-Za-z][a-z]{{{_SHORT - 1},}}[a-ce-fh-rt-z]").fullmatch
_LONGEST_ACRONYM = 7  # letters; longer words in capitals are words (MICROCEPHALY)

# Names of HTML elements, attributes and entities that are no words of any text; body, table, class
# and form, which are, are left out.
_MARKUP = frozenset(
    """
    alt amp apos bgcolor blockquote bull cellpadding cellspacing colspan copy doctype href hellip
    html iframe img javascript laquo ldquo lsquo mdash middot nbsp ndash noscript onclick quot raquo
    rdquo rowspan rsquo src stylesheet tbody tfoot thead tr td ul li ol hr br xhtml xml xmlns
    xlink multipart octet-stream urlencoded utf
    """.split()  # noqa: SIM905
)
# multipart/form-data: what browsers and common client libraries put between the parts; they stood
# as words in models whose upload was sent in the wrong form.
_BOUNDARY = re.compile(
    r"-*(?:WebKitFormBoundary\w*|FormBoundary\w*|BoundaryBoundary\w*|AaB03x)"
    r"|content-(?:disposition|type|length|transfer-encoding)|form-data"
    r"|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,}",
    re.I,
)
_ENTITY = re.compile(r"(?:.*&)?(?:nbsp|amp|quot|apos|lt|gt|#x?[0-9a-f]+)(?:[&;].*)?|x[0-9a-f]{4}")

# Languages of the service written in Latin letters.
_LATIN = frozenset({"cs", "de", "en", "es", "fr", "it", "nl", "pt", "sv"})

# Numerals to XXXIX; letters beyond (L, C, D, M) make acronyms (CD, MD, MCI) oftener than numbers.
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_SMALL_ROMAN = frozenset({"ii", "iii", "iv", "vii", "viii", "ix"})  # xi and vi are words too
# A syllable in capitals between lower-case ones: how health pages print a pronunciation.
_SYLLABLES = re.compile(r"(?:[A-Za-z]+-)+[A-Za-z]+")
_SYLLABLE = re.compile(r"[A-Z]{1,6}|[a-z]{1,6}")


def kind_of(token: str, lexicon: Container[str] = (), language: str = "en-US") -> Kind:
    """What an unknown token looks like, judged without its contexts.

    Args:
        token: As the corpus spells it.
        lexicon: Known words in lower case; tells possessives and inflections.
        language: Of the text. Endings, abbreviations without vowels and printed pronunciations
            are told for English only; letters that are foreign depend on it.

    >>> [kind_of(token) for token in ("MVD", "P.A.D.", "H5N1", "www.cdc.gov", "Tay-Sachs")]
    ['acronym', 'acronym', 'code', 'address', 'compound']
    >>> [kind_of(token, {"aneurysm"}) for token in ("aneurysms", "aneurysm's", "nbsp", "VIII")]
    ['inflection', 'possessive', 'markup', 'number']
    >>> kind_of("ah-RITH-me-ah"), kind_of("naïf"), kind_of("Москва")
    ('respelling', 'foreign', 'foreign')
    >>> kind_of("naïf", language="fr-FR"), kind_of("Москва", language="fr-FR")
    ('word', 'foreign')
    """
    base = base_language(language)
    english = base == "en"
    lower = token.lower()
    if len(token) > _SHORT and token[1:].islower() and token.isascii() and token.isalpha():
        if lower in _MARKUP:
            return "markup"
        inflected = english and lower[-1] in "sdg" and next(inflection_bases(lower, lexicon), None)
        return "inflection" if inflected else "word"
    if lower in _MARKUP or _BOUNDARY.fullmatch(token) or _ENTITY.fullmatch(lower):
        return "markup"
    if is_address(token) or _DOMAIN.fullmatch(token):
        return "address"
    if any(character.isdecimal() for character in token):
        return "code"
    if len(token) > 1 and (_ROMAN.fullmatch(token) or token in _SMALL_ROMAN):
        return "number"
    if english and _ABBREVIATION.fullmatch(token):
        return "acronym"
    letters = token.removesuffix("'s").removesuffix("s").replace(".", "")
    if (
        letters.isupper()
        and len(letters) <= _LONGEST_ACRONYM
        and _ACRONYM.fullmatch(token.removesuffix("'s"))
    ):
        return "acronym"
    if "-" in token:
        return "respelling" if english and _is_respelling(token) else "compound"
    stem, mark, _ = lower.rpartition("'s")
    if mark and stem in lexicon and lower == f"{stem}'s":
        return "possessive"
    if not token.isascii() and _is_foreign(token, base):
        return "foreign"
    if english and next(inflection_bases(lower, lexicon), None):
        return "inflection"
    return "word"


def kinds_of(tokens: Iterable[str], lexicon: Container[str], language: str) -> list[Kind]:
    """`kind_of` each of many tokens; ordinary words are told by one look.

    >>> kinds_of(["metformin", "MVD"], (), "en-US")
    ['word', 'acronym']
    """
    return [
        "word"  # most unknown words, and a report has tens of thousands
        if _is_plain(token) and token.lower() not in _MARKUP
        else kind_of(token, lexicon, language)
        for token in tokens
    ]


def inflection_bases(word: str, lexicon: Container[str]) -> Iterator[str]:
    """The known words of which a lower-case word is a regular plural, past or ``-ing`` form.

    The spelling rules are those of English: a consonant doubles, a final e falls, y becomes ie.

    >>> list(inflection_bases("debriding", {"debride"})), list(inflection_bases("ileus", {"ileu"}))
    (['debride'], [])
    """
    if not (word.isascii() and word.isalpha()):
        return
    for ending in ("s", "ed", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_BASE:
            continue
        for base in _bases(stem, ending):
            if base in lexicon:
                yield base
                break


_SHORTEST_BASE = 4  # letters; below, chance makes an inflection of anything (tabes, rett)


def _bases(stem: str, ending: str) -> Iterator[str]:
    """What a word may have been before its ending."""
    if ending == "s":
        if stem[-1] in "sui":  # gravis, ileus, abscess are no plurals
            return
        yield stem
        if stem.endswith("ie"):
            yield f"{stem[:-2]}y"
        if stem.endswith(("se", "xe", "ze", "che", "she", "oe")):
            yield stem[:-1]
        return
    if not re.search("[aeiouy]", stem):
        return
    yield stem
    yield f"{stem}e"
    if stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem.endswith("i") and ending == "ed":
        yield f"{stem[:-1]}y"


def _is_respelling(token: str) -> bool:
    if not _SYLLABLES.fullmatch(token):
        return False
    syllables = token.split("-")
    stressed = sum(syllable.isupper() for syllable in syllables)
    # NIH-funded has one part in capitals too, but ends in a long ordinary word; t-MDS, CNS-NIH and
    # X-ray have no syllable of several lower-case letters beside a stressed one with a vowel.
    return (
        all(_SYLLABLE.fullmatch(syllable) for syllable in syllables)
        and 1 <= stressed < len(syllables)
        and not {"and", "for", "of", "the"}.intersection(syllables)
        and all(re.search("[AEIOUY]", part) for part in syllables if part.isupper())
        and (len(syllables) > 2 or _two_syllables(*syllables))
    )


_PREFIXES = frozenset({"anti", "co", "ex", "non", "pan", "post", "pre", "pro", "re"})


def _two_syllables(one: str, other: str) -> bool:
    """AZ-ma, broo-E: one stressed syllable and one that is no prefix or word."""
    stressed, plain = (one, other) if one.isupper() else (other, one)
    return (
        len(stressed) <= 3 and 2 <= len(plain) <= 4 and plain not in ("anti", "non", "pre", "post")
    )


def _is_foreign(token: str, language: str) -> bool:
    """Letters of another script than the language's; for English, letters with diacritics too."""
    composed = unicodedata.normalize("NFC", token)
    letters = [character for character in composed if character.isalpha()]
    if language not in _LATIN:
        return False
    if not all(unicodedata.name(letter, "").startswith("LATIN ") for letter in letters):
        return True
    return language == "en" and any(
        len(unicodedata.normalize("NFD", letter)) > 1 or letter in "ßæœøđłþðı" for letter in letters
    )
