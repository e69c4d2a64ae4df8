# make env    .venv with everything pinned         make build  the sample pages → output/
# make test   all that is checked before a change counts (STRICT=1: what cannot run here is a failure)
# make lock   pin the newest versions that fit     make clean  remove what the others made
# make bench  what a build costs, into docs/performance.md (BENCH='--sizes 3000,10000,30000 --pages 100' for more)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV ?= $(or $(wildcard $(BIN)/uv),uv)
STAMP := $(VENV)/.made-from-lock
EXTRAS := html ocr pandas parquet pdf serve spark word
COMPILE := $(UV) pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11

.PHONY: env build test lock clean bench
.DEFAULT_GOAL := build

env: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer: make PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

build: env
	$(BIN)/kg build seeds/pages --out output

test: env
	$(BIN)/python .ci/check.py $(if $(STRICT),--strict)

bench: env
	$(BIN)/python benchmarks/scale.py --write $(BENCH)

lock:
	@command -v $(UV) >/dev/null || { echo 'make lock needs uv: pipx install uv'; exit 2; }
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml $(EXTRAS:%=--extra %) --group dev -o requirements-dev.lock
	$(COMPILE) pyproject.toml --extra train -o training/requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
	find kg tests -name __pycache__ -type d -exec rm -rf {} +
	find output -mindepth 1 ! -name .gitkeep -delete
