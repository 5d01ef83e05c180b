# Needs only Python 3.11 or newer, make and git; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run install test test-long lint format docs bench wheel clean

run: install
	@$(BIN)/variorum

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Variorum needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@echo "Setting up .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/dev: .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# Three at once on two cores: those on a pseudo-terminal mostly wait.
test: .venv/dev
	@$(BIN)/pytest -n 3 -m "not long"

test-long: .venv/dev
	@$(BIN)/pytest -n 3

lint: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# The pictures and the table of keys, from the application itself.
docs: .venv/dev
	@$(BIN)/python docs/make.py

# How fast everything is beside a reference measured in the same run: about eight minutes.
bench: .venv/dev
	@$(BIN)/python -m benchmarks

wheel: .venv/dev
	@$(BIN)/python -m build --wheel

clean:
	rm -rf .venv build dist *.egg-info
