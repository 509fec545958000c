"""sttprep: prepare, train and judge custom speech recognition models."""

__version__ = "0.1.0"
