# make demo: set up and show what this does; make test: set up and run the tests. Both work on a fresh clone.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test setup lint lock bench floors schema clean

demo: setup
	@bash examples/demo.sh $(BIN)/onrecord

test: setup lint
	$(BIN)/pytest

lint: setup
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy

setup: $(VENV)/.ready

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) not found; name yours: make PYTHON=python3.12 …" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# New versions of what we depend on, with hashes; needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --quiet --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --quiet --generate-hashes --no-header pyproject.toml --group dev -o requirements-dev.lock

schema: setup
	$(BIN)/python -m bench.schema > docs/reading.schema.json

# Figures against the gold sets in $(SHARED); writes docs/benchmarks.md.
bench: setup
	$(BIN)/python -m bench.run --shared $(SHARED) --write docs/benchmarks.md

# Fails where a figure has sunk below bench/floors.json.
floors: setup
	$(BIN)/python -m bench.run --shared $(SHARED) --floors bench/floors.json

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
