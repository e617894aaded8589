# make run    open a sample manuscript (without a display: print its outline, export it)
# make test   every check; this is what CI runs
# Both set up what they need in .venv first: any Python from 3.11 on will do (PYTHON=/path/to/python to choose one).

SHELL := /bin/bash
.DEFAULT_GOAL := run
.PHONY: run test format bench bench-peers fuzz bundle screenshots clean

BIN := .venv/bin
# How many times as many examples as `make test` the laws are tried with by `make fuzz`.
FUZZ ?= 25
SIZES ?= 15k,600k,6m,30m

run: .venv/.ready-run
	@scripts/run samples/chapter-six.txt

test: .venv/.ready-dev
	@scripts/check

format: .venv/.ready-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: .venv/.ready-dev
	@$(BIN)/python -m benchmarks --sizes $(SIZES) --json bench.json

# The same key beside other editors, as far as they are installed; needs Xvfb and xdotool.
bench-peers: .venv/.ready-dev
	@$(BIN)/python -m benchmarks.peers --sizes 15k,600k

fuzz: .venv/.ready-dev
	@DINKUS_FUZZ=$(FUZZ) $(BIN)/python -m pytest -n 2 -m "not x11" --timeout 0 -k "$(K)"

bundle: .venv/.ready-bundle
	@scripts/bundle

screenshots: .venv/.ready-dev
	@$(BIN)/python scripts/screenshot.py

# One stamp for each set of dependencies: quick the second time, done again when pyproject.toml changes.
.venv/.ready-%: pyproject.toml scripts/prepare
	@scripts/prepare $*

clean:
	rm -rf .venv build dist out bench.json .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find editor tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
