# Every task of the project. `make help` lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO   := .demo/shop

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint unit golden gate bench examples validate reference frontend clean

help: ## list the tasks
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("assessor needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment; install its venv module (Debian: python3-venv)"; exit 1; }

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing assessor into $(VENV) ..."
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing assessor and its development tools into $(VENV) ..."
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.run

# The tests of the HTML report drive a real browser: one that is there, Debian's, or Playwright's.
$(VENV)/.browser: $(VENV)/.dev
	@if $(BIN)/python tests/e2e/browser.py; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "Installing Chromium for the tests ..."; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else $(BIN)/playwright install chromium; fi || \
		echo "There is no browser for the tests of the HTML report: install Chromium."
	@touch $@

# A second validator of SARIF, which is not Python's.
.validator/.sarif: | $(VENV)/.dev
	@mkdir -p .validator
	@if command -v npm >/dev/null; then \
		npm install --prefix .validator --no-audit --no-fund --silent \
			@microsoft/sarif-multitool@5.7.0 && \
		chmod -f u+x .validator/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool*; true; \
	else echo "There is no npm for the second validator of SARIF: install node and npm."; fi
	@touch $@

setup: $(VENV)/.dev .validator/.sarif ## make .venv with assessor and all tools

demo: $(VENV)/.run ## audit a sample monolith and print the report
	@rm -rf $(DEMO)
	@$(BIN)/assessor sample create shop $(DEMO)
	@$(BIN)/assessor audit $(DEMO)
	@for format in pdf html; do \
		$(BIN)/assessor report $(DEMO) --format $$format -o .demo/report.$$format -q; done
	@echo "The compliance report of the same audit: .demo/report.pdf and .demo/report.html"

test: lint unit ## everything that CI checks: lint, types, contracts, all tests

lint: $(VENV)/.dev ## style, types, import contracts, docstrings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/interrogate --quiet -c pyproject.toml assessor

unit: $(VENV)/.dev $(VENV)/.browser .validator/.sarif ## all tests; one process more than cores, as many wait for a browser
	@$(BIN)/python -m pytest -n $$(( $$($(BIN)/python -c 'import os; print(os.cpu_count())') + 1 )) --dist worksteal

golden: $(VENV)/.dev ## write the golden files anew; the diff belongs to the review
	@$(BIN)/python -m pytest tests/golden --golden
	@git diff --stat -- tests/golden docs

# Reports are made anew from the samples; a test says when they are out of date.
examples: $(VENV)/.dev ## render the samples in both languages into reports/examples
	@$(BIN)/python tests/write_examples.py

# An independent look at what is printed. The validators drag a lot along, so they get a folder of
# their own: of PDF/UA, of OSCAL and of JUnit; that of SARIF runs in the tests.
VALIDATED := .validator/gate
validate: $(VENV)/.dev ## check PDFs, OSCAL and JUnit with validators that are not ours
	@[ -x .validator/bin/trestle ] || { $(PYTHON) -m venv .validator && \
		.validator/bin/python -m pip --disable-pip-version-check --quiet install \
			outloud compliance-trestle==5.2.0 junitparser==5.0.3; }
	@.validator/bin/outloud --quiet --fail-on error reports/examples/*.pdf
	@rm -rf $(VALIDATED) && mkdir -p $(VALIDATED)/trestle
	@$(BIN)/assessor sample create shop $(VALIDATED)/shop >/dev/null
	@$(BIN)/assessor gate $(VALIDATED)/shop --no-fail --quiet \
		--format oscal=$(VALIDATED)/oscal.json --format catalog=$(VALIDATED)/catalog.json \
		--format junit=$(VALIDATED)/junit.xml
	@cd $(VALIDATED)/trestle && for model in catalog oscal; do \
		../../bin/trestle init >/dev/null 2>&1; \
		../../bin/trestle import -f ../$$model.json -o $$model >/dev/null || exit 1; done; \
		../../bin/trestle validate -a
	@.validator/bin/python -c 'import sys, junitparser; found = junitparser.JUnitXml.fromfile(sys.argv[1]); sys.exit(found.tests == 0)' $(VALIDATED)/junit.xml

reference: $(VENV)/.dev ## write the reference of rules and facts and the JSON Schemas anew
	@$(BIN)/python tests/write_reference.py

gate: $(VENV)/.run ## judge the last commit by this repository's own policy
	@$(BIN)/assessor gate . --policy .assessor/policy.yaml --baseline .assessor/baseline.json

bench: $(VENV)/.dev ## speed and accuracy, as ratios within one run (REPO=path for one of your own)
	@$(BIN)/python -m benchmarks.run $(REPO)

# The graph's script is part of the package; this makes it anew from its sources.
frontend: ## bundle the graph component (needs node and npm)
	@rm -rf .frontend && cp -r assessor/app/graph/frontend .frontend
	@cd .frontend && npm ci --no-audit --no-fund --silent && npm run --silent build
	@cp .frontend/build/* assessor/app/graph/assets/ && rm -rf .frontend

clean: ## remove what the tasks made
	@rm -rf $(VENV) .demo .validator .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
