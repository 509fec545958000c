"""``python -m sttprep``: the command line."""

from sttprep.cli import main

raise SystemExit(main())
