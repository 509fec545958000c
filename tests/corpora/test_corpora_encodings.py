"""The encoding of a text is told by its bytes, or honestly unknown."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora.encodings import Encoding, detect_encoding, known_encoding

FRENCH = "Où est l’hôpital ? Élodie a déjà reçu ses médicaments : « deux cachets par jour ».\n"
GERMAN = "Die Ärztin prüft größere Mengen Blut; das Ergebnis ist übermorgen verfügbar.\n"
SPANISH = "¿Cuántos años tiene el niño? ¡Mañana vendrá la señora Muñoz!\n"


@pytest.mark.parametrize(
    ("text", "codec", "language", "found"),
    [
        (FRENCH, "utf-8", "fr-FR", Encoding("utf-8", "valid")),
        (FRENCH, "utf-8-sig", "fr-FR", Encoding("utf-8-sig", "byte-order mark")),
        (FRENCH, "utf-16", "fr-FR", Encoding("utf-16", "byte-order mark")),
        (FRENCH, "utf-16-le", "fr-FR", Encoding("utf-16-le", "guessed")),
        (FRENCH, "utf-16-be", "fr-FR", Encoding("utf-16-be", "guessed")),
        (FRENCH, "utf-32", "fr-FR", Encoding("utf-32", "byte-order mark")),
        (FRENCH, "cp1252", "fr-FR", Encoding("cp1252", "guessed")),
        (GERMAN, "latin-1", "de-DE", Encoding("cp1252", "guessed")),
        (SPANISH, "cp1252", "es-ES", Encoding("cp1252", "guessed")),
        ("Take it “now” – don’t wait.\n", "cp1252", "en-US", Encoding("cp1252", "guessed")),
        ("薬を一日二回飲んでください。\n", "cp932", "ja-JP", Encoding("cp932", "guessed")),
        ("薬を一日二回飲んでください。\n", "euc_jp", "ja-JP", Encoding("euc_jp", "guessed")),
        ("薬を飲む。\n", "iso2022_jp", "ja-JP", Encoding("iso2022_jp", "guessed")),
        ("약을 하루에 두 번 드세요.\n", "euc_kr", "ko-KR", Encoding("cp949", "guessed")),
        ("", "utf-8", "en-US", Encoding("utf-8", "valid")),
    ],
)
def test_detected(text: str, codec: str, language: str, found: Encoding) -> None:
    """Marks and validity first, then what makes sense in the language."""
    assert detect_encoding(text.encode(codec), language) == found
    assert text.encode(codec).decode(found.name) == text


@pytest.mark.parametrize("codec", ["cp850", "mac_roman"])
def test_dos_and_mac_are_not_taken_for_windows(codec: str) -> None:
    """Accented letters that would be signs inside words in Windows-1252 are read as meant."""
    text = (FRENCH.replace("’", "'").replace("«", '"').replace("»", '"')) * 4
    found = detect_encoding(text.encode(codec), "fr-FR")
    assert found is None or found.name != "cp1252"


def test_mixed_bytes_are_not_guessed_away() -> None:
    """UTF-8 letters beside other bytes: each place has to be looked at."""
    assert detect_encoding("é\n".encode() + b"caf\xe9\n") is None


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_utf8_is_always_utf8(text: str) -> None:
    """Whatever a valid UTF-8 text says, it is never taken for something else."""
    found = detect_encoding(text.encode())
    if "\0" not in text and not text.encode().startswith((codecs.BOM_UTF8, b"\xff\xfe")):
        assert found == Encoding("utf-8", "valid")


@given(st.binary(max_size=300), st.sampled_from(["en-US", "fr-FR", "ja-JP", "ko-KR", "cs-CZ"]))
def test_what_is_found_reads_everything(data: bytes, language: str) -> None:
    """Any bytes: an encoding is found only if it reads all of them."""
    found = detect_encoding(data, language)
    if found is not None and found.how != "byte-order mark":
        data.decode(found.name)


def test_known_names() -> None:
    """Names as users write them; codecs that are no text encodings are unknown."""
    assert known_encoding("UTF8") == Encoding("utf-8")
    assert known_encoding("ISO-8859-1") == Encoding("latin-1")
    assert [known_encoding(name) for name in ("rot13", "zlib", "klingon", "a\0b")] == [None] * 4
    mixed = known_encoding("mixed")
    assert mixed is not None
    assert (b"caf\xe9 \x81 " + "é".encode()).decode(mixed.name, mixed.errors) == "café \x81 é"
