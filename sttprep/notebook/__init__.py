"""Pictures and widgets for notebooks."""

from __future__ import annotations

from sttprep.notebook.plots import Picture, plot_wer
from sttprep.notebook.voice import Speech, speak, voices

__all__ = ["Picture", "Speech", "plot_wer", "speak", "voices"]
