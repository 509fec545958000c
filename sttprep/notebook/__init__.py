"""Pictures and widgets for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sttprep.notebook.plots import Picture, plot_wer
from sttprep.notebook.voice import Speech, speak, voices

if TYPE_CHECKING:
    from sttprep.notebook.word_grid import WordGrid

__all__ = ["Picture", "Speech", "WordGrid", "plot_wer", "speak", "voices"]


def __getattr__(name: str) -> Any:
    if name == "WordGrid":  # loads ipywidgets and IPython, which the command line does without
        from sttprep.notebook.word_grid import WordGrid

        return WordGrid
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
