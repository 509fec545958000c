"""Corpora: text files of one sentence per line, and the words a recognizer lacks.

>>> from sttprep.corpora import Corpus, parse_line
>>> corpus = Corpus.from_text("Ask your doctor about MVD.\\n", "demo")
>>> [word.word for word in corpus.oov().words]
['MVD']
>>> parse_line("$100")
'one hundred dollars'

The rooms, in the order in which a text walks through them:

* ``reader`` and ``encodings`` make text of bytes, ``textfile`` keeps it or reads it again,
  ``corpus`` is what users hold; ``rewrite`` puts a mended text back;
* ``tokenize`` makes tokens of a line, with ``verbalize`` for what is read in words (``numerals``,
  ``number_tables``, ``fractions``, ``dates``, ``east_asian``; ``languages`` says for which);
  ``changes`` lists what that dropped or changed;
* ``counts`` counts tokens, of large texts through ``scan``; ``oov`` finds those a lexicon lacks,
  ``oov_report`` shows them; ``kinds``, ``names``, ``foreign``, ``spelling`` and ``oov_details`` say
  what they look like; ``coverage``, ``collocations`` and ``concordance`` answer further questions;
  ``export`` and ``html_table`` put it into files and notebooks;
* ``lint`` finds what would harm a model (rules in the ``lint_…`` modules, equal lines in
  ``duplicates``), and ``fixes`` mends it.
"""

from sttprep.corpora.changes import Change, Changes, line_changes
from sttprep.corpora.collocations import Collocation, Term, terms
from sttprep.corpora.concordance import Concordance
from sttprep.corpora.corpus import Corpus, Sentence, read_corpus
from sttprep.corpora.coverage import Coverage
from sttprep.corpora.duplicates import NearDuplicate, near_duplicates
from sttprep.corpora.fixes import FixedText, apply_fixes, diff_fixes, fix_text
from sttprep.corpora.kinds import KINDS, kind_of
from sttprep.corpora.lint import check_corpus_name, check_limits
from sttprep.corpora.oov import find_oov
from sttprep.corpora.oov_report import Context, OovReport, OovWord
from sttprep.corpora.tokenize import parse_line, tokenize

__all__ = [
    "KINDS",
    "Change",
    "Changes",
    "Collocation",
    "Concordance",
    "Context",
    "Corpus",
    "Coverage",
    "FixedText",
    "NearDuplicate",
    "OovReport",
    "OovWord",
    "Sentence",
    "Term",
    "apply_fixes",
    "check_corpus_name",
    "check_limits",
    "diff_fixes",
    "find_oov",
    "fix_text",
    "kind_of",
    "line_changes",
    "near_duplicates",
    "parse_line",
    "read_corpus",
    "terms",
    "tokenize",
]
