"""Nouns a number often stands before, and their gender: "una tableta", "ein Jahr", "duas pessoas".

Units of time and measure, people and doses: a number before another noun has the form it has alone.
Only forms that some number agrees with are listed: German numbers but one agree with nothing.

>>> COUNTED["es"]["personas"], COUNTED["de"]["jahr"]
('f', 'm')
"""

from __future__ import annotations

from collections.abc import Mapping

from sttprep.corpora.number_tables import Gender

__all__ = ["COUNTED"]


def _nouns(masculine: str = "", feminine: str = "") -> Mapping[str, Gender]:
    found: dict[str, Gender] = dict.fromkeys(masculine.split(), "m")
    return found | dict.fromkeys(feminine.split(), "f")


COUNTED: Mapping[str, Mapping[str, Gender]] = {
    "en": {},
    "nl": {},
    "fr": _nouns(
        feminine="heure heures minute minutes seconde secondes semaine semaines année années "
        "journée journées nuit nuits fois personne personnes femme femmes page pages goutte "
        "gouttes gélule gélules dose doses tonne tonnes",
    ),
    "es": _nouns(
        "kg km mg ml año años mes meses día días minuto minutos segundo segundos gramo gramos "
        "miligramo miligramos kilo kilos litro litros mililitro mililitros metro metros kilómetro "
        "kilómetros grado grados paciente pacientes hombre hombres niño niños caso casos "
        "comprimido comprimidos",
        "hora horas semana semanas noche noches vez veces persona personas mujer mujeres página "
        "páginas gota gotas tableta tabletas pastilla pastillas cápsula cápsulas dosis tonelada "
        "toneladas",
    ),
    "pt": _nouns(
        feminine="hora horas semana semanas noite noites vez vezes pessoa pessoas mulher mulheres "
        "criança crianças página páginas gota gotas cápsula cápsulas dose doses tonelada toneladas",
    ),
    "de": _nouns(
        "prozent kg km mg ml uhr jahr monat tag gramm milligramm kilo kilogramm liter milliliter "
        "meter kilometer grad patient mann kind fall",
        "stunde minute sekunde woche nacht person frau patientin seite tablette kapsel dosis tonne",
    ),
    "it": _nouns(
        "kg km mg ml anno mese giorno minuto secondo grammo milligrammo chilo litro millilitro "
        "metro chilometro grado paziente uomo bambino caso",
        "ora settimana notte volta persona donna pagina goccia compressa capsula dose tonnellata",
    ),
}
"""Nouns in lower case with their gender (German neuters count as masculine), by language."""
