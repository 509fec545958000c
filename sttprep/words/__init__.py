"""The words resource: custom words, their rules, dictionaries and pronunciations.

>>> from sttprep.words import Word, check_word, pronounce
>>> [problem.hint for problem in check_word(Word("75.00", ["75 dollars"]))]
["You can try for example 'seventy five dollars'."]
>>> str(pronounce("N. C. double A.")[0])
'EH N S IY D AH B AH L EY'

The rooms:

* ``entry`` and ``wordlist`` are the words and what happens when some are added; ``rules`` and
  ``names`` judge them (``languages``, ``kana``), ``respell`` and ``pairs`` say them in letters;
* ``table``, ``cells``, ``wordcsv``, ``wordjson``, ``excel`` and ``spreadsheet`` are lists as files,
  ``frames`` as tables; ``diff`` and ``merge`` compare them;
* ``lexicon`` is a dictionary; ``pronounce`` gives phones of a text, which ``reading`` takes apart:
  regular forms go to ``derived``, unknown spellings to ``g2p`` (``graphones``, ``graphone_model``,
  ``g2p_evaluation``);
* ``phone_distance`` and ``confusable`` find words that sound alike; ``review`` (``review_risks``,
  ``review_table``, ``syllables``) puts everything about unknown words before a linguist.
"""

from sttprep.words.confusable import Neighbour, neighbours
from sttprep.words.diff import WordDiff, diff_words
from sttprep.words.entry import USER, Word, complete_word
from sttprep.words.languages import SoundsLikeRules, rules_for
from sttprep.words.lexicon import ENGLISH_PHONES, Lexicon
from sttprep.words.merge import WordConflict, WordMerge, merge_words
from sttprep.words.pairs import display_pairs
from sttprep.words.pronounce import (
    Pronunciation,
    pronounce,
    pronounce_many,
    word_pronunciations,
)
from sttprep.words.respell import acronym_readings, default_sounds_like
from sttprep.words.review import Review, ReviewRow
from sttprep.words.rules import check_word, word_faults
from sttprep.words.table import check_words_file
from sttprep.words.wordlist import WordList

__all__ = [
    "ENGLISH_PHONES",
    "USER",
    "Lexicon",
    "Neighbour",
    "Pronunciation",
    "Review",
    "ReviewRow",
    "SoundsLikeRules",
    "Word",
    "WordConflict",
    "WordDiff",
    "WordList",
    "WordMerge",
    "acronym_readings",
    "check_word",
    "check_words_file",
    "complete_word",
    "default_sounds_like",
    "diff_words",
    "display_pairs",
    "merge_words",
    "neighbours",
    "pronounce",
    "pronounce_many",
    "rules_for",
    "word_faults",
    "word_pronunciations",
]
