"""Numbers, symbols and abbreviations as words."""

from __future__ import annotations

import pytest

from sttprep.words.respell import default_sounds_like, say_numbers


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en-US", "500", "five hundred"),
        ("en-US", "0.15", "zero point fifteen"),
        ("en-US", "1,234", "one thousand two hundred thirty four"),
        ("en-GB", "105", "one hundred and five"),
        ("en-US", "$100", "one hundred dollars"),
        ("en-US", "$1", "one dollar"),
        ("en-US", "€100", "one hundred euros"),
        ("en-US", "$75.00", "seventy five dollars"),
        ("en-US", "100%", "one hundred percent"),
        ("en-US", "3rd", "third"),
        ("en-US", "1990s", "nineteen nineties"),
        ("en-US", "007", "zero zero seven"),
        ("en-US", "24/7", "twenty four / seven"),
        ("en-US", "9" * 16, " ".join(["nine"] * 16)),
        ("fr-FR", "0,15", "zéro virgule quinze"),
        ("fr-FR", "$100", "cent dollars"),
        ("fr-FR", "100%", "cent pour cent"),
        ("de-DE", "0,15", "null punkt fünfzehn"),
        ("it-IT", "0,15", "zero virgola quindici"),
        ("nl-NL", "0,15", "nul komma vijftien"),
        ("pt-BR", "0,15", "zero ponto quinze"),
        ("es-ES", "0,15", "cero coma quince"),
        ("es-LA", "$100", "cien pesos"),
        ("es-ES", "100$", "cien dólares"),
        ("ko-KR", "10", "십"),
        ("ja-JP", "10", "10"),
        ("sv-SE", "10", "10"),
        ("en-US", "H5N1", "H five N one"),
        ("en-US", "12B", "twelve B"),
        ("en-US", "½", "one half"),
        ("en-US", "5_5", "five _ five"),
        ("fr-FR", "1er", "premier"),
        ("es-PE", "$100", "cien pesos"),
        ("ko-KR", "$10 24%", "십달러 이십사퍼센트"),
    ],
)
def test_numbers(language: str, text: str, said: str) -> None:
    """Numbers are read as the corpus page reads them; Japanese has no reading in Katakana."""
    assert say_numbers(text, language) == said


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("en-US", "OOV", ("O. O. V.", "OOV")),
        ("en-GB", "OOV", ("O O V", "OOV")),
        ("en-US", "NBC", ("N. B. C.",)),
        ("en-US", "IBM™", ("I. B. M.", "IBM")),
        ("en-US", "Zolgensma", ("Zolgensma",)),
        ("en-US", "trainingdata.txt", ("trainingdata txt",)),
        ("en-US", "B12", ("B. twelve",)),
        ("en-US", "AT&T", ("A. T. and T.",)),
        ("en-US", "C++", ("C. plus plus",)),
        ("en-US", "garçon", ("garson",)),
        ("en-US", "O'Brien", ("O. Brien",)),
        ("en-US", "™", ()),
        ("en-US", "Москва", ()),
        ("fr-FR", "garçon", ("garçon",)),
        ("ko-KR", "IBM홈페이지", ("아이 비 엠 홈페이지",)),
        ("ja-JP", "ひらがな", ("ヒラガナ",)),
        ("ja-JP", "東京", ()),
    ],
)
def test_default_sounds_like(language: str, word: str, expected: tuple[str, ...]) -> None:
    """A new word gets its spelling, acronyms their letters too; nothing where nothing is valid."""
    assert default_sounds_like(word, language) == expected


def test_next_generation_makes_none() -> None:
    """Next-generation models do not fill sounds_like."""
    assert default_sounds_like("OOV", "en-US", "next") == ()
