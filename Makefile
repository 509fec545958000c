# sttprep needs python3 (3.11 or newer), pip and make; uv is used when it is there.
#   make demo    build the sample project end to end
#   make lab     open the notebooks
#   make test    all tests, notebooks included
#   make proof   the tests with many more random cases
#   make lint    style and types
#   make bench   figures, side by side with peers

VENV ?= .venv
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN = $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
SAMPLE = sample_data/pharmacy
NBVAL = --nbval --nbval-current-env --nbval-cell-timeout=60 \
	--nbval-sanitize-with notebooks/nbval_sanitize.cfg

.PHONY: demo lab test proof lint bench constraints clean

demo: $(VENV)/.installed
	$(BIN)/sttprep build $(SAMPLE)

lab: $(VENV)/.installed
	$(BIN)/sttprep lab notebooks

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest
	$(BIN)/python -m pytest $(NBVAL) notebooks

proof: $(VENV)/.installed-dev
	STTPREP_PROOF=1 $(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests/typing

bench: $(VENV)/.installed-dev
	for file in tests/benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

# Versions without addresses, the newest that fit together on every Python from 3.11; needs uv.
constraints:
	uv pip compile --quiet pyproject.toml --all-extras --universal --python-version 3.11 \
		--upgrade --no-emit-index-url --no-annotate --no-header -o constraints.txt

clean:
	rm -rf $(VENV) $(SAMPLE)/build .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "sttprep needs Python 3.11 or newer; name it with: make PYTHON=/path/to/python3.12"; exit 1; }
ifdef UV
	uv venv --quiet --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV) || $(PYTHON) -m venv --clear --without-pip $(VENV)
endif

# A Debian python3 without python3-venv has no ensurepip: then the pip outside installs inside.
ifdef UV
INSTALL = uv pip install --quiet --python $(BIN)/python
else
INSTALL = $$(test -x $(BIN)/pip && echo $(BIN)/python -m pip || echo $(PYTHON) -m pip --python $(BIN)/python) \
	install --quiet --disable-pip-version-check
endif

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(INSTALL) -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(INSTALL) -c constraints.txt -e '.[dev]'
	@touch $@
