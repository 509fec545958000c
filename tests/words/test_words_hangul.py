"""English words in Hangul."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.words import check_word, default_sounds_like, pronounce
from sttprep.words.entry import Word
from sttprep.words.hangul import hangul
from sttprep.words.reading import LETTER_NAMES


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        # How Korean dictionaries and newspapers write them.
        ("London", "런던"), ("Google", "구글"), ("Microsoft", "마이크로소프트"),
        ("Facebook", "페이스북"), ("internet", "인터넷"), ("computer", "컴퓨터"), ("apple", "애플"),
        ("Boston", "보스턴"), ("Obama", "오바마"), ("twist", "트위스트"), ("class", "클래스"),
        ("boots", "부츠"), ("quick", "퀵"), ("music", "뮤직"), ("film", "필름"), ("fish", "피시"),
        ("singer", "싱어"), ("bridge", "브리지"), ("vision", "비전"), ("world", "월드"),
        ("tour", "투어"), ("healthcare", "헬스케어"), ("Henley", "헨리"), ("fire", "파이어"),
    ],
)  # fmt: skip
def test_dictionary_words(word: str, expected: str) -> None:
    """The letters are those of the loanword orthography."""
    assert hangul(pronounce(word, n=1)[0].phones, word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("London", "런던"),  # the page on Korean corpora
        ("IBM홈페이지", "아이 비 엠 홈페이지"),
        ("Facebook친구", "페이스북 친구"),
        ("K-pop", "케이 폽"),
    ],
)
def test_default_sounds_like(word: str, expected: str) -> None:
    """A Latin or mixed word of a Korean corpus gets a Hangul sounds-like that the rules allow."""
    assert default_sounds_like(word, "ko-KR") == (expected,)
    assert not [p for p in check_word(Word("x", [expected]), "ko-KR") if p.severity == "error"]


_PHONES = sorted({phone for name in LETTER_NAMES.values() for phone in name} | {"NG", "ZH", "TH"})


@given(st.lists(st.sampled_from(_PHONES), max_size=12), st.text("abeo", max_size=6))
def test_any_phones(phones: list[str], spelling: str) -> None:
    """Whatever the phones, there are only Hangul syllables, and some where there is a vowel."""
    made = hangul(phones, spelling)
    assert all("가" <= letter <= "힣" for letter in made)
    assert made or not {"AH", "IY", "EH"} & set(phones)
