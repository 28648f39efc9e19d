# Every command of the project; CI runs only these. `make` alone lists them.
#
# make set-up   from a clean clone: .venv with Homeround in it, and the files of the NHS design system
# make run      set-up, the demo on SQLite built once in var/, served at http://127.0.0.1:8000
# make test     set-up, then every part below, with the time of each; one part alone: make lint, make test-sqlite, ...
#   lint          ruff (dangerous calls too), formatting, import contracts, templates
#   types         mypy, strict
#   architecture  tests about the code itself
#   test-sqlite   the suite on SQLite
#   test-postgres the suite on PostgreSQL: HOMEROUND_TEST_DATABASE_URL, or one from a wheel
#   test-journeys the service walked in a browser, against a real server
# make format   formatting and what ruff can mend by itself
# make docs     write anew the documents that are made from the code
# make migrations  write the one initial migration of each app anew from its models
# make pictures take the pictures of docs/guide and of DEVELOPERS anew
# make bench    how long pages take, as ratios to a floor
# make mutants  change one thing at a time and see whether a test notices; a sample (ARGS="residents/rules --sample 20")
# make check    is this installation ready?
# make lock     write the hash-locked requirements anew, after a change to pyproject.toml (needs uv)
# make clean    remove what set-up and tests made; var/ with its databases stays

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DONE := $(VENV)/done
VENDOR := homeround/web/static/vendor
DEMO := var/demo.sqlite3
PARTS := lint types architecture test-sqlite test-postgres test-journeys

.NOTPARALLEL:
.PHONY: help set-up set-up-dev run test $(PARTS) format docs migrations pictures bench mutants check lock clean

help:
	@sed -n '/^# make/p; /^#   /p' Makefile | cut -c3-

set-up: $(DONE)/packages $(DONE)/homeround $(VENDOR)/done

# Everything `set-up` installs and the tools of the tests: the longer list comes first, and then nothing is left to do.
set-up-dev: $(DONE)/packages-dev $(DONE)/homeround $(VENDOR)/done $(DONE)/browser

$(DONE)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Homeround needs Python 3.11: make PYTHON=/path/to/python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(DONE) && touch $@

$(DONE)/packages: requirements.txt $(DONE)/venv
	$(PIP) --require-hashes -r requirements.txt
	@touch $@

$(DONE)/packages-dev: requirements-dev.txt $(DONE)/venv
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@ $(DONE)/packages

$(DONE)/browser: tools/browser.py $(DONE)/packages-dev
	@$(BIN)/python -m tools.browser
	@touch $@

$(DONE)/homeround: pyproject.toml $(DONE)/venv
	$(PIP) --no-deps --editable .
	@touch $@

$(VENDOR)/done: package-lock.json requirements-node.txt tools/third_party.py $(DONE)/venv
	$(BIN)/python tools/third_party.py
	@touch $@

run: set-up $(DEMO)
	HOMEROUND_DATABASE_URL=sqlite:///$(DEMO) $(BIN)/homeround run

# Built under another name, so that a demo cut short is not taken for a whole one.
$(DEMO):
	@rm -f var/unfinished.sqlite3*
	HOMEROUND_DATABASE_URL=sqlite:///var/unfinished.sqlite3 $(BIN)/homeround demo
	@for end in '' -wal -shm; do if [ -e var/unfinished.sqlite3$$end ]; then mv var/unfinished.sqlite3$$end $(DEMO)$$end; fi; done

test: set-up-dev
	@$(BIN)/python -m tools.parts $(PARTS)

$(PARTS): set-up-dev
	@$(BIN)/python -m tools.parts $@

format: set-up-dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

docs: set-up-dev
	@$(BIN)/python -m tools.documents

migrations: set-up-dev
	@$(BIN)/python -m tools.migrations

pictures: set-up-dev
	@HOMEROUND_TEST_PICTURES=yes $(BIN)/python -m pytest -q -m journey tests/journeys/test_the_weekly_round.py
	@$(BIN)/python -m tools.pictures

bench: set-up-dev
	$(BIN)/python -m bench

mutants: set-up-dev
	$(BIN)/python -m tools.mutants $(ARGS)

check: set-up
	$(BIN)/homeround check

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate -q -o requirements.txt
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --no-annotate -q -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf $(VENV) node_modules $(VENDOR) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results
	find homeround tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
