# make dossier   install what is needed and build the round of 2023
# make test      install what is needed and run the tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
ROUND ?= 2023

.PHONY: dossier install test test-slow check format messages bench lock clean

dossier: install
	$(BIN)/dossier build $(ROUND)

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, sys, venv; from ctypes.util import find_library as f; sys.exit(not all(map(f, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))))' \
	  || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends \
	  python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

# What only the tests need: programs that read the products back, and real servers.
TEST_PROGRAMS := pdftotext chromium gs doveconf pg_ctlcluster
TEST_PACKAGES := hunspell-nl poppler-utils chromium ghostscript dovecot-imapd postgresql

test-system: install
	@( for program in $(TEST_PROGRAMS); do PATH=$$PATH:/usr/sbin command -v $$program >/dev/null || exit 1; done; \
	  test -f /usr/share/hunspell/nl.dic ) \
	  || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends $(TEST_PACKAGES); }

test: test-system
	$(BIN)/pytest -m "not slow"

test-slow: test-system
	$(BIN)/pytest -m slow

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Extract the messages (click's own too), bring the Dutch catalogue up to date, and compile it.
CLICK = $$($(BIN)/python -c 'import click; print(click.__path__[0])')
messages: install
	$(BIN)/pybabel -q extract -F babel.cfg -k _ -k N_ -k ngettext:1,2 --no-location --sort-output --omit-header -o output/dossier.pot dossier templates $(CLICK)
	$(BIN)/pybabel -q update -D dossier -i output/dossier.pot -d dossier/locale -l nl --no-fuzzy-matching --ignore-obsolete
	$(BIN)/pybabel -q compile -D dossier -d dossier/locale -l nl

bench: install
	$(BIN)/python -m tests.bench.bench
	$(BIN)/python -m tests.bench.matching
	$(BIN)/python -m tests.bench.preview

lock: install
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --extra dev --no-header --no-emit-index-url --no-annotate -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) output/werk
