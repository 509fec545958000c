"""Audio files and Sphinx acoustic model files.

>>> from sttprep.acoustics import read_phones
>>> from sttprep.data import stock_model
>>> len(read_phones(stock_model().acoustic_model))
42
"""

from __future__ import annotations

from sttprep.acoustics.files import missing_files, read_phones
from sttprep.acoustics.formats import Audio, read_audio

__all__ = ["Audio", "missing_files", "read_audio", "read_phones"]
