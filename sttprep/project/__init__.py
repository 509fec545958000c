"""The project file: plan, build, judge."""

from __future__ import annotations

from sttprep.project.file import Project, read_project

__all__ = ["Project", "read_project"]
