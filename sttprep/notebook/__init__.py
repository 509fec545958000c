"""Pictures and widgets for notebooks."""

from __future__ import annotations

from sttprep.notebook.plots import Picture, plot_wer

__all__ = ["Picture", "plot_wer"]
