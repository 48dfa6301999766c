.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Everything below needs it and makes it: a virtual environment with the locked packages and mlq itself.
$(VENV)/ready: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "mlq needs Python 3.10 or newer: make PYTHON=/path/to/python3 ..."; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q grammar server  # as pip does where it installs a wheel
	@touch $@

.PHONY: setup
setup: $(VENV)/ready ## make the development environment in .venv

.PHONY: demo
demo: $(VENV)/ready ## show the main job from end to end, on a store of its own
	@PYTHONPATH=tests $(BIN)/python -m demo .cache/demo

.PHONY: test
test: $(VENV)/ready ## run the tests (no editors)
	$(BIN)/python -m pytest -n auto -m "not editors"

.PHONY: bench
bench: $(VENV)/ready ## measure mlq beside ruff and MLflow's own parser
	@PYTHONPATH=tests $(BIN)/python -m bench

.PHONY: dialects
dialects: $(VENV)/ready ## show how the tables differ from the installed MLflow and sqlparse
	@$(BIN)/python tests/oracle/dialects.py

.PHONY: docs
docs: $(VENV)/ready ## renew the pages of the rules
	@$(BIN)/python -m mlq.rules

.PHONY: hunt
hunt: $(VENV)/ready ## look for filters on which mlq and the installed MLflow disagree (SEED=2 COUNT=100)
	@$(BIN)/python tests/oracle/hunt.py $(SEED) $(COUNT)

.PHONY: fuzz
fuzz: $(VENV)/ready ## ask of a million texts what must hold of any; goes on where it stopped (SEED=1 COUNT=10000)
	@$(BIN)/python tests/fuzz.py $(SEED) $(COUNT)

.PHONY: lint
lint: $(VENV)/ready ## check format, lint, types and arrows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: $(VENV)/ready ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: lock
lock: ## renew requirements-dev.txt from pyproject.toml
	$(PYTHON) -m venv .cache/uv
	.cache/uv/bin/pip install --quiet uv
	.cache/uv/bin/uv pip compile --quiet --universal --python-version 3.10 --no-annotate --no-header \
		pyproject.toml --group dev -o requirements-dev.txt

.PHONY: clean
clean: ## remove everything that make made
	rm -rf $(VENV) .cache dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# test-editors and what it needs
include editors/editors.mk
