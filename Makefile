# The only commands one needs: make demo, make test, make check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check accuracy dictionary golden clean setup
.DEFAULT_GOAL := help

.PHONY: help
help:
	@echo "make demo      set up, then run a whole round on the bundled demonstration sites"
	@echo "make test      set up, then run the tests"
	@echo "make check     set up, then lint, type check and check the import contracts"
	@echo "make accuracy  set up, then print how right the facts are (SHARED=folder of real pages, PARTS=\"dates speed\")"
	@echo "make dictionary  write docs/data-dictionary.md anew from scoring/reports/dictionary.yaml"
	@echo "make golden    run the demonstration round and keep its tables as the ones that tests compare with"
	@echo "make clean     remove the virtual environment and what was built"

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "waiwen needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

demo: $(STAMP)
	$(BIN)/waiwen demo --workspace build/demo

# A file's tests stay together: they share rounds and servers.
test: $(STAMP)
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Real pages are no part of the project: where SHARED is not there, the run says so and measures on its own pages.
SHARED ?= ../shared/data
PARTS ?=

$(VENV)/.accuracy: $(STAMP)
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet --constraint constraints.txt --editable '.[accuracy,parity]'
	@touch $@

accuracy: $(VENV)/.accuracy
	$(BIN)/python scripts/accuracy --shared $(SHARED) $(PARTS)

golden: $(STAMP)
	rm -rf build/golden
	$(BIN)/waiwen demo --workspace build/golden
	$(BIN)/python scripts/golden_tables.py build/golden

dictionary: $(STAMP)
	$(BIN)/python -c 'from scoring.reports.dictionary import dictionary_page; print(dictionary_page(), end="")' > docs/data-dictionary.md

clean:
	rm -rf $(VENV) build
