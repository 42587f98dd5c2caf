# make run · make test · make check · make bench        (make help explains each)
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PO     := $(shell find src -name '*.po')
MO     := $(PO:.po=.mo)
export UV_PYTHON_DOWNLOADS := never

.PHONY: help setup run test check bench format lock clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: $(VENV)/.runtime $(MO) ## the product in .venv, nothing else
	@test -x $(BIN)/passavant

$(VENV)/.build: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Passavant needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment: install python3-venv."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.build requirements/runtime.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.runtime requirements/test.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.txt
	@touch $@

%.mo: %.po $(VENV)/.build
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

run: setup ## the portal with demonstration people on http://localhost:8000
	@PASSAVANT_ENV=demo $(BIN)/passavant run

test: setup $(VENV)/.test ## everything: units, journeys, browser, on SQLite and on PostgreSQL
	@tests/bin/install-needs
	$(BIN)/python -m pytest --database sqlite
	$(BIN)/python -m pytest --database postgresql

check: setup $(VENV)/.test ## the fast half: format, lint, types, architecture, migrations, translations
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -p no:randomly tests/house

bench: setup $(VENV)/.test ## what a journey costs, as ratios measured in one run
	@tests/bin/install-needs postgresql
	$(BIN)/python -m bench

format: $(VENV)/.test ## put the code in its usual shape
	$(BIN)/ruff format src tests bench
	$(BIN)/ruff check --fix src tests bench

lock: $(VENV)/.build ## renew the hashed requirements (no registry host in them)
	$(BIN)/uv lock --quiet --upgrade
	$(BIN)/uv export --quiet --no-emit-project --format requirements-txt --no-annotate --no-header --only-group build > requirements/build.txt
	$(BIN)/uv export --quiet --no-emit-project --format requirements-txt --no-annotate --no-header --no-dev > requirements/runtime.txt
	$(BIN)/uv export --quiet --no-emit-project --format requirements-txt --no-annotate --no-header --group dev > requirements/test.txt
	rm uv.lock

clean: ## forget the environment and the demonstration's data
	rm -rf $(VENV) var
