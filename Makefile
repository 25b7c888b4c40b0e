# trucewatch: what a newcomer and CI type. Needs Python 3.11, and Node 20 for the web pages; PYTHON names another Python.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --allow-unsafe --no-annotate
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

.PHONY: help setup setup-dev frontend frontend-test browser demo golden test check lint bench bench-speed fast fast-check slow docs lock trust sbom fuzz clean

help: ## what there is to make
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.run frontend ## the program in .venv, with every package checked against its hash, and its web pages built

PAGES := src/trucewatch/web/static/app.js
NODE_MODULES := frontend/node_modules/.ready
FRONTEND := $(shell find frontend \( -path frontend/node_modules -o -path frontend/public/base \) -prune -o -type f -print)
HAS_NODE := $(shell node -e 'const [a, b] = process.versions.node.split(".").map(Number); console.log(a > 20 || (a == 20 && b >= 19) ? "yes" : "")' 2>/dev/null)

ifeq ($(HAS_NODE),yes)
frontend: $(PAGES) ## the web pages' scripts, styles and base map, by npm and Vite, where their sources are newer

$(NODE_MODULES): frontend/package.json frontend/package-lock.json
	cd frontend && npm ci --silent --no-audit --no-fund
	@touch $@

$(PAGES): $(NODE_MODULES) $(FRONTEND)
	cd frontend && npm run --silent build -- --logLevel warn
	@touch $@

frontend-test: frontend
	cd frontend && npm test --silent
else
frontend:
	@echo "Node 20.19 or newer builds the map and the styles of \`trucewatch serve\`, and is not here; all else works without." >&2

frontend-test:
	@echo "Node 20.19 or newer is needed to test frontend/, and is not here." >&2; exit 2
endif

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup-dev: $(VENV)/.dev ## the test tools beside it

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

browser: setup-dev ## a Chromium for the tests that look at pages
	@BIN=$(BIN) bash .ci/browser

DEMO := run examples/corpus --published examples/corpus/published.csv --theatre karabakh --out demo-out
demo: setup ## the main job on the example corpus, with an exercise's observers; from a terminal it ends by serving the ledger
	$(BIN)/trucewatch $(DEMO)
	@echo
	$(BIN)/trucewatch observe examples/observers.csv --out demo-out
	$(BIN)/trucewatch $(DEMO) --quiet
	@echo
	@echo "The ledger of the example corpus is in demo-out/: open demo-out/report.html in a browser. docs/tutorial.md walks through it."
	@if [ -t 0 ] && [ -t 1 ] && [ -z "$$CI" ]; then \
		set -m; echo "Now served in the browser, until Ctrl+C:"; \
		$(BIN)/trucewatch serve --out demo-out || $(BIN)/trucewatch serve --out demo-out --port 0; \
	else echo "In a browser, with map and timeline: $(BIN)/trucewatch serve --out demo-out"; fi

golden: setup ## the expected ledger of the example corpus anew: read the difference before you commit it
	$(BIN)/python tests/example_ledger.py

test: setup-dev frontend-test browser ## every test
	$(BIN)/pytest -n 2 --dist worksteal -q

lint: setup-dev ## ruff and mypy
	$(BIN)/ruff check src tests bench training fuzz fast
	$(BIN)/ruff format --check src tests bench training fuzz fast
	$(BIN)/mypy

check: lint test ## all that CI runs

bench: setup-dev bench-speed ## speed, then quality on the sets of ../shared
	@for script in bench/quality/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

bench-speed: setup ## whole run against spaCy's parse of the same text; its ratio on the last line
	$(BIN)/python bench/speed.py

fast: setup-dev ## an experiment: the rules compiled (a C compiler, some minutes), compared with the plain ones; `make slow` undoes it
	$(BIN)/python -m fast.build

fast-check: setup-dev ## whether the rules can still be compiled, without a C compiler
	$(BIN)/python -m fast.build --generate

slow: ## the rules as they are written again
	rm -rf src/trucewatch/_compiled src/trucewatch/_compiled_new build/fast

docs: setup ## docs/commands.md from the commands
	$(BIN)/python -m typer trucewatch.cli.program utils docs --name trucewatch --output docs/commands.md

lock: setup-dev ## requirements.lock and requirements-dev.lock anew
	$(COMPILE) --build-deps-for editable --build-deps-for wheel --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

trust: setup ## hashes of the shipped weights and tables anew, after one was trained or built
	$(BIN)/python training/trust.py

sbom: setup-dev ## build/sbom.json: every package of requirements.lock with its hashes, as CycloneDX
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o build/sbom.json requirements.lock

FUZZ_S := 60
fuzz: setup-dev ## atheris on cleaning, sentences, times, figures and every source reader, FUZZ_S seconds each
	$(BIN)/python fuzz/run.py --seconds $(FUZZ_S)

clean: ## what was made here, but for ledgers
	rm -rf $(VENV) src/trucewatch/_compiled src/trucewatch/_compiled_new build/fast frontend/node_modules frontend/public/base src/trucewatch/web/static .pytest_cache .mypy_cache .ruff_cache .hypothesis
