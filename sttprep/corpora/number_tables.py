"""How the languages write numbers and name what stands beside them: IBM's tables, and ours.

The words for the decimal character, for ``$``, ``€`` and ``%`` are those of IBM's tables of number
and symbol conversion; the rest is what a speaker says.

>>> NUMERALS["de"].point, NUMERALS["pt"].percent, NUMERALS["nl"].currencies["€"].many
('punkt', 'por cento', 'euro')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from sttprep.corpora.languages import base_language

__all__ = ["NUMERALS", "UNITS", "Gender", "Numerals", "Unit", "numerals_for"]

Gender = Literal["m", "f"]

UNITS = (
    "mg|kg|mcg|µg|μg|g|ml|mL|dl|dL|mm|cm|km|KB|MB|GB|TB|Hz|kHz|MHz|GHz|am|pm|AM|PM|mph|lbs|lb|oz|ft"
    "|kW|kWh|min|hrs|hr|x"
)
"""What may stand behind a number without a blank (regex): ``5mg``, ``3pm``, ``2x``."""


@dataclass(frozen=True)
class Unit:
    """A currency."""

    one: str
    """Name after the number 1."""
    many: str
    """Name after other numbers."""
    cent: str = ""
    """Name of one hundredth; empty where none is in use."""
    cents: str = ""
    """Name of several hundredths."""
    gender: Gender = "m"
    """Grammatical gender, for languages whose numbers agree with it."""


@dataclass(frozen=True)
class Numerals:
    """How one language writes and reads numbers."""

    code: str
    """num2words' name of the language."""
    decimal: str
    """Characters before the decimal fraction, as a regular expression class body."""
    group: str
    """Characters that may separate thousands, as a regular expression class body."""
    point: str
    """The word read for the decimal character (IBM's table of number conversion)."""
    percent: str
    """The words read for ``%`` after a number (IBM's table of symbol conversion)."""
    degree: str
    """The word read for ``°`` after 1."""
    degrees: str
    """The word read for ``°`` after other numbers."""
    minus: str
    """The word read for a minus sign before a number."""
    plus: str
    """The word read for ``+`` before a telephone number; elsewhere the sign is removed."""
    number: str
    """The word read for ``#`` and its like before a number."""
    number_signs: str
    """What else is read like ``#`` before a number (regex)."""
    ampersand: str
    """The word read for ``&`` between words."""
    to: str
    """The word read for an en dash between two numbers."""
    cents_join: str
    """The words between the currency and its hundredths."""
    scale_join: str
    """The words between "million" and the currency."""
    scales: str
    """Words for thousand, million …, which stand between a number and its currency (regex)."""
    ordinal: str
    """Endings that make digits an ordinal number (regex); empty where none is safe."""
    currencies: Mapping[str, Unit] = field(default_factory=dict)
    """Currency sign → names."""


_NO_BREAK = "\u00a0\u2009\u202f"

NUMERALS: Mapping[str, Numerals] = {
    "en": Numerals(
        code="en", decimal=".", group=f",{_NO_BREAK}", point="point", percent="percent",
        degree="degree", degrees="degrees", minus="minus", plus="plus", number="number",
        number_signs=r"No\.\s?|№\s?", ampersand="and", to="to", cents_join="and", scale_join="",
        scales="hundred|thousand|million|billion|trillion", ordinal="(?i:st|nd|rd|th)",
        currencies={
            "$": Unit("dollar", "dollars", "cent", "cents"),
            "€": Unit("euro", "euros", "cent", "cents"),
            "£": Unit("pound", "pounds", "penny", "pence"),
            "¥": Unit("yen", "yen"),
            "₹": Unit("rupee", "rupees", "paisa", "paise"),
            "¢": Unit("cent", "cents"),
        },
    ),
    "fr": Numerals(
        code="fr", decimal=",", group=f".{_NO_BREAK} ", point="virgule", percent="pour cent",
        degree="degré", degrees="degrés", minus="moins", plus="plus", number="numéro",
        number_signs=r"[nN][°º]\s?|№\s?", ampersand="et", to="à", cents_join="et", scale_join="de",
        scales="millions?|milliards?|billions?", ordinal="ère|ere|re|er|ème|eme|nde|nd|e",
        currencies={
            "$": Unit("dollar", "dollars", "cent", "cents"),
            "€": Unit("euro", "euros", "centime", "centimes"),
            "£": Unit("livre", "livres", "penny", "pence", "f"),
            "¥": Unit("yen", "yens"),
        },
    ),
    "es": Numerals(
        code="es", decimal=",", group=f".{_NO_BREAK}", point="coma", percent="por ciento",
        degree="grado", degrees="grados", minus="menos", plus="más", number="número",
        number_signs=r"[nN]\.?[°º]\s?|[nN]úm\.\s?|№\s?", ampersand="y", to="a", cents_join="con",
        scale_join="de", scales="mill[oó]n(?:es)?|bill[oó]n(?:es)?", ordinal=r"\.?[ºª]|er",
        currencies={
            "$": Unit("dólar", "dólares", "centavo", "centavos"),
            "€": Unit("euro", "euros", "céntimo", "céntimos"),
            "£": Unit("libra", "libras", "penique", "peniques", "f"),
            "¥": Unit("yen", "yenes"),
        },
    ),
    "pt": Numerals(
        code="pt_BR", decimal=",", group=f".{_NO_BREAK}", point="ponto", percent="por cento",
        degree="grau", degrees="graus", minus="menos", plus="mais", number="número",
        number_signs=r"[nN]\.?[°º]\s?|№\s?", ampersand="e", to="a", cents_join="e",
        scale_join="de", scales="milhão|milhões|bilhão|bilhões|trilhão|trilhões",
        ordinal=r"\.?[ºª]",
        currencies={
            "$": Unit("dólar", "dólares", "centavo", "centavos"),
            "R$": Unit("real", "reais", "centavo", "centavos"),
            "€": Unit("euro", "euros", "centavo", "centavos"),
            "£": Unit("libra", "libras", "pêni", "pence", "f"),
            "¥": Unit("iene", "ienes"),
        },
    ),
    "de": Numerals(
        code="de", decimal=",", group=f".'’{_NO_BREAK}", point="punkt", percent="prozent",
        degree="grad", degrees="grad", minus="minus", plus="plus", number="nummer",
        number_signs=r"Nr\.\s?|№\s?", ampersand="und", to="bis", cents_join="", scale_join="",
        scales=r"Millionen|Million|Milliarden|Milliarde|Billionen|Billion|Mio\.?|Mrd\.?",
        ordinal="",
        currencies={
            "$": Unit("dollar", "dollar", "cent", "cent"),
            "€": Unit("euro", "euro", "cent", "cent"),
            "£": Unit("pfund", "pfund", "penny", "pence"),
            "¥": Unit("yen", "yen"),
        },
    ),
    "it": Numerals(
        code="it", decimal=",", group=f".'’{_NO_BREAK}", point="virgola", percent="per cento",
        degree="grado", degrees="gradi", minus="meno", plus="più", number="numero",
        number_signs=r"[nN][°º]\s?|№\s?", ampersand="e", to="a", cents_join="e", scale_join="di",
        scales="milioni|milione|miliardi|miliardo", ordinal="[ºª]",
        currencies={
            "$": Unit("dollaro", "dollari", "centesimo", "centesimi"),
            "€": Unit("euro", "euro", "centesimo", "centesimi"),
            "£": Unit("sterlina", "sterline", "penny", "pence", "f"),
            "¥": Unit("yen", "yen"),
        },
    ),
    "nl": Numerals(
        code="nl", decimal=",", group=f".{_NO_BREAK}", point="komma", percent="procent",
        degree="graad", degrees="graden", minus="min", plus="plus", number="nummer",
        number_signs=r"[nN]r\.\s?|№\s?", ampersand="en", to="tot", cents_join="", scale_join="",
        scales="miljoen|miljard|biljoen", ordinal="ste|de|e",
        currencies={
            "$": Unit("dollar", "dollar", "cent", "cent"),
            "€": Unit("euro", "euro", "cent", "cent"),
            "£": Unit("pond", "pond", "penny", "pence"),
            "¥": Unit("yen", "yen"),
        },
    ),
}  # fmt: skip
"""The seven languages for which IBM documents one set of parsing rules."""

# IBM gives the dialect es-LA to its models es-AR, es-CL, es-CO and es-PE, and the dialect es-US
# to es-MX; it reads $ as pesos where the dialect is es-LA ("cien pesos"). So es-PE has pesos,
# although Peru pays in soles, and es-MX has dollars, although Mexico pays in pesos: the page's
# rule, taken by its word.
_PESO_LANGUAGES = {"es-la", "es-ar", "es-cl", "es-co", "es-pe"}
_PESO = Unit("peso", "pesos", "centavo", "centavos")
# The north of Spanish America writes 1,000.50. A comma before exactly three digits is read as a
# separator of thousands there; IBM's own example for "all dialects" (0,15) stays a decimal.
_EITHER_POINT = {"es-us", "es-mx", "es-pe"}


@lru_cache(maxsize=256)
def numerals_for(language: str) -> Numerals:
    """The numerals of a language with what differs in the dialect.

    >>> numerals_for("es-LA").currencies["$"].many, numerals_for("es-MX").currencies["$"].many
    ('pesos', 'dólares')
    """
    tag = language.replace("_", "-").lower()
    found = NUMERALS[base_language(tag)]
    currencies = dict(found.currencies)
    # Foreign dollars are read like the sign alone: the page knows one reading of $.
    currencies |= {f"{country}$": currencies["$"] for country in ("US", "AU", "CA", "NZ", "HK")}
    currencies |= {f"{country}$": currencies["$"] for country in ("A", "C", "S")}
    if tag in _PESO_LANGUAGES:
        currencies["$"] = _PESO
    if tag in _EITHER_POINT:
        return replace(found, currencies=currencies, decimal=",.", group=found.group + ",")
    return replace(found, currencies=currencies)
