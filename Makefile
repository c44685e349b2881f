# `make map` builds the sample map from nothing, `make test` runs every check. Both work in ./.venv and need only
# Python 3.11 or newer with venv; `make test` also needs Node.js 20 or newer with npm.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WEB    := geomap/web

# A file that says that a step was done; it is older than what the step depends on when the step must be done again.
LOCKED    := $(VENV)/.locked
INSTALLED := geomap/static/built-from.txt
WEB_READY := $(WEB)/node_modules/.locked

GAZETTEER    := $(wildcard data/gazetteer/*/*.csv data/gazetteer/*/*.tsv data/gazetteer/*/*.toml \
                geomap/gazetteer/*.py geomap/gazetteer/*/*.py)
PAGE_SOURCES := $(wildcard $(addprefix $(WEB)/,.npmrc build.mjs package.json package-lock.json tsconfig.json)) \
                $(shell find $(WEB)/src -type f 2>/dev/null)

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help map install test lint format types layers page-test bench bench-gazetteer bench-joins data lock clean

help:
	@echo "make map      build map.html, the sample project's map"
	@echo "make test     run every check: style, types, layers, the page's tests, Python's tests with coverage"
	@echo "make lint     style and types only;  make format  mend the style"
	@echo "make bench    print sizes and times, and ratios against other tools"
	@echo "make bench-gazetteer  the same of names and places;  make bench-joins  of joins to borders"
	@echo "make data     rebuild data/ from the packages it came from"
	@echo "make lock     renew requirements.lock;  make clean  remove what was built"

map: install
	$(BIN)/geomap build -o map.html

# ---------------------------------------------------------------- environment

install: $(INSTALLED)

$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "geomap needs Python 3.11 or newer: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what requirements.lock names into $(VENV) (about a minute)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

$(INSTALLED): $(LOCKED) pyproject.toml hatch_build.py $(PAGE_SOURCES) $(GAZETTEER)
	@echo "installing geomap into $(VENV) and bundling its page"
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(WEB_READY): $(WEB)/package.json $(WEB)/package-lock.json
	@command -v npm >/dev/null || { echo "the page's checks need Node.js 20 or newer with npm"; exit 1; }
	@echo "installing what package-lock.json names into $(WEB)/node_modules"
	@cd $(WEB) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# ---------------------------------------------------------------- checks

test: lint layers page-test
	$(BIN)/python tests/browser.py
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright

format: install
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

layers: install
	$(BIN)/python tests/layers.py
	$(BIN)/python tests/metrics.py

page-test: $(WEB_READY)
	cd $(WEB) && npm run --silent typecheck
	cd $(WEB) && npm run --silent test

bench: install
	$(BIN)/python benchmarks/run.py

bench-gazetteer: install
	$(BIN)/python benchmarks/gazetteer.py

bench-joins: install
	$(BIN)/python benchmarks/joins.py

# ---------------------------------------------------------------- upkeep

data: install
	@$(BIN)/python -m pip install --quiet --editable '.[data]'
	@for script in $$(find data -name rebuild.py | sort); do echo "$$script"; $(BIN)/python "$$script" || exit 1; done

lock: $(LOCKED)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --upgrade --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" --output-file requirements.lock --quiet

clean:
	rm -rf map.html map.png report.json dist build htmlcov .coverage .pytest_cache .ruff_cache .hypothesis
	rm -rf geomap/static $(WEB)/node_modules node_modules
	find geomap tests data benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
