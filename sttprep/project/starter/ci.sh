#!/bin/sh
# Notebooks as regression tests: every stored result must come out again.
set -e
cd "$(dirname "$0")"
python -m pytest --nbval --nbval-current-env --nbval-cell-timeout=300 \
    --nbval-sanitize-with notebooks/nbval_sanitize.cfg notebooks
