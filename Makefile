# Two commands are enough: `make demo` and `make test`. Each sets up its own .venv first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test check benchmark clean

install: .venv/installed

.venv/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Sanad needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: install
	@PATH="$(CURDIR)/$(BIN):$$PATH" SANAD_DATA_DIR=.demo sh tools/demo.sh

test: install
	$(BIN)/python -m pytest

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/build_lexicon.py --check

benchmark: install
	$(BIN)/python benchmarks/cold_start.py

clean:
	rm -rf .venv .demo build dist
