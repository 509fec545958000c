"""Numbers and symbols become the words a speaker says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import parse_line
from sttprep.corpora.numerals import number_words, whole_words
from sttprep.corpora.verbalize import verbalize

# IBM's two tables (page "Working with corpora … for previous-generation models").
IBM_TABLES = {
    "nl-NL": ["vijfhonderd", "nul komma vijftien", "honderd dollar", "honderd euro",
              "honderd procent"],
    "en-US": ["five hundred", "zero point fifteen", "one hundred dollars", "one hundred euros",
              "one hundred percent"],
    "fr-FR": ["cinq cents", "zéro virgule quinze", "cent dollars", "cent euros",
              "cent pour cent"],
    "de-DE": ["fünfhundert", "null punkt fünfzehn", "einhundert dollar", "einhundert euro",
              "einhundert prozent"],
    "it-IT": ["cinquecento", "zero virgola quindici", "cento dollari", "cento euro",
              "cento per cento"],
    "pt-BR": ["quinhentos", "zero ponto quinze", "cem dólares", "cem euros", "cem por cento"],
    "es-ES": ["quinientos", "cero coma quince", "cien dólares", "cien euros", "cien por ciento"],
}  # fmt: skip


@pytest.mark.parametrize("language", IBM_TABLES)
def test_ibms_tables(language: str) -> None:
    """Every cell of IBM's tables of number and symbol conversion holds."""
    decimal = "0.15" if language == "en-US" else "0,15"
    written = ["500", decimal, "$100", "€100", "100%"]
    assert [parse_line(text, language) for text in written] == IBM_TABLES[language]


@pytest.mark.parametrize("language", ["de-DE", "pt-BR", "es-ES"])
def test_currency_after_the_number(language: str) -> None:
    """German, Portuguese and Spanish also write the sign after the number."""
    assert parse_line("100$", language) == parse_line("$100", language)
    assert parse_line("100 €", language) == parse_line("€100", language)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,000,000", "one million"),
        ("1,000-mile", "one thousand mile"),
        ("21", "twenty one"),
        ("121", "one hundred twenty one"),
        ("2,345.67", "two thousand three hundred forty five point sixty seven"),
        ("0.05", "zero point zero five"),
        ("26.0%", "twenty six point zero percent"),
        ("3.14159", "three point one four one five nine"),
        ("up .5 percent", "up point five percent"),
        ("007", "zero zero seven"),
        ("1234567890123456", "one two three four five six seven eight nine zero one two three "
         "four five six"),
        ("20th-century", "twentieth century"),
        ("the 23rd", "the twenty third"),
        ("1960s and '90s", "nineteen sixties and nineties"),
        ("1900s, 2000s, 2010s", "nineteen hundreds two thousands twenty tens"),
        ("24-hour", "twenty four hour"),
        ("COVID-19", "COVID nineteen"),
        ("140/90", "one hundred forty ninety"),
        ("3:30 am", "three thirty am"),
        ("10-15%", "ten fifteen percent"),
        ("-5 degrees", "minus five degrees"),
        ("37.5°C", "thirty seven point five degrees celsius"),
        ("5mg", "five mg"),
        ("#1 fan", "number one fan"),
        ("$1", "one dollar"),
        ("$1.50", "one dollar and fifty cents"),
        ("$0.01", "one cent"),
        ("$2.00", "two dollars"),
        ("$5 million", "five million dollars"),
        ("$2.5bn", "two point five billion dollars"),
        ("US$100", "one hundred dollars"),
        ("£2", "two pounds"),
        ("research & development", "research and development"),
        ("the $ sign, the € sign and %", "the sign the sign and"),
        ("B12, H5N1 and MP3s", "B12 H5N1 and MP3s"),
        ("decline.5", "decline five"),
        ("1.10.4", "one ten four"),
    ],
)  # fmt: skip
def test_english(text: str, words: str) -> None:
    """American English reads numbers without "and" and without hyphens."""
    assert parse_line(text, "en-US") == words


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en-GB", "121", "one hundred and twenty one"),
        ("fr-FR", "1\u202f250,50 €", "mille deux cent cinquante euros et cinquante centimes"),
        ("fr-FR", "1 000 000 €", "un million d'euros"),
        ("fr-FR", "2,5 millions $", "deux virgule cinq millions de dollars"),
        ("fr-FR", "la 1re et le 2e", "la première et le deuxième"),
        ("fr-FR", "21 € et 1 €", "vingt et un euros et un euro"),
        ("es-ES", "$21 y 1€", "veintiún dólares y un euro"),
        ("es-ES", "21.000", "veintiún mil"),
        ("es-ES", "£201", "doscientas una libras"),
        ("es-ES", "0.15", "cero coma quince"),
        ("es-LA", "$100", "cien pesos"),
        ("es-LA", "100$", "cien pesos"),
        ("es-US", "$100", "cien dólares"),
        ("pt-BR", "16", "dezesseis"),
        ("pt-PT", "16", "dezasseis"),
        ("pt-BR", "R$ 2,50", "dois reais e cinquenta centavos"),
        ("pt-BR", "£2", "duas libras"),
        ("de-DE", "1 €", "ein euro"),
        ("de-DE", "1.000", "eintausend"),
        ("de-DE", "5 Mio. €", "fünf millionen euro"),
        ("it-IT", "$1", "un dollaro"),
        ("it-IT", "3,5%", "tre virgola cinque per cento"),
        ("nl-NL", "1.000 €", "duizend euro"),
        ("ja-JP", "500円", "五百円"),
        ("ja-JP", "1,000", "千"),
        ("ja-JP", "Ｂ１２ ２００", "Ｂ１２\u3000二百"),
        ("ja-JP", "ｱﾊﾟｰﾄ", "アパート"),
        ("ko-KR", "10", "십"),
        ("ko-KR", "$10, 24%", "십달러 이십사퍼센트"),
        ("ko-KR", "IBM홈페이지 London", "IBM홈페이지 London"),
        ("hi-IN", "हिन्दी में 5", "हिन्दी में 5"),
    ],
)
def test_other_languages(language: str, text: str, words: str) -> None:
    """Each language keeps its separators, its agreement and its words."""
    assert parse_line(text, language) == words


ONES = (  # noqa: SIM905
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def spell(number: int) -> str:
    """American English, the obvious way."""
    for value, name in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if number >= value:
            rest = f" {spell(number % value)}" if number % value else ""
            return f"{spell(number // value)} {name}{rest}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (f" {ONES[number % 10]}" if number % 10 else "")


@given(st.integers(0, 10**12 - 1))
def test_whole_numbers_against_an_oracle(number: int) -> None:
    """Whole numbers read as a ten-line speller reads them, with separators or without."""
    assert whole_words(number, "en-US") == spell(number)
    assert number_words(f"{number:,}", "en-US") == spell(number)
    assert parse_line(f"it is {number:,}!") == f"it is {spell(number)}"


@pytest.mark.parametrize("language", IBM_TABLES)
@given(number=st.integers(0, 10**14))
def test_no_digit_is_left(language: str, number: int) -> None:
    """In all seven languages a number leaves nothing but lower-case words."""
    words = parse_line(f"x {number} €", language)
    assert not any(character.isdigit() for character in words)
    assert words == words.lower()


def test_addresses_keep_their_digits() -> None:
    """Digits inside addresses and file names are no numbers."""
    text = "http://a.org/10/x?y=5 me2@b3.org 10.1000/5 www.x7.org data/33559169.xml"
    assert verbalize(text, "en-US") == text


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es-ES", "hace 1 año", "hace un año"),
        ("es-ES", "31 días y 21 noches", "treinta y un días y veintiuna noches"),
        ("es-ES", "200 personas", "doscientas personas"),
        ("es-ES", "1,1 años", "uno coma uno años"),
        ("es-ES", "1 o 2", "uno o dos"),
        ("pt-BR", "2 cápsulas para 200 pessoas", "duas cápsulas para duzentas pessoas"),
        ("fr-FR", "21 personnes, 21 ans", "vingt et une personnes, vingt et un ans"),
        ("de-DE", "1 Tablette nach 1 Jahr", "eine Tablette nach ein Jahr"),
        ("de-DE", "1 Tagesdosis", "eins Tagesdosis"),  # not the noun Tag
        ("it-IT", "1 compressa per 1 anno", "una compressa per un anno"),
    ],
)
def test_numbers_agree_with_common_nouns(language: str, text: str, expected: str) -> None:
    """Nobody says "uno año" or "eins Jahr"."""
    assert verbalize(text, language) == expected
