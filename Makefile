# Luoshi 落实. The two commands that matter: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= 127.0.0.1:8000
TIMED := tests/bureau/test_speed.py tests/bureau/test_writers.py	# what is timed has the machine for itself
BOTH := $(patsubst %,tests/bureau/test_%.py,journal jobs outbox delivering working_items reports agreeing escalations \
	decisions milestones units posts accounts cases scored_cases trainings publications comparisons)	# where engines of databases differ
RULES := $(filter-out %/test_pages_run.py,$(wildcard tests/house/test_*.py))
ASKED := $(if $(filter check,$(MAKECMDGOALS)),$(RULES))	# `make check test` asks the rules of the house once

# What is imported is compiled once and not by each of a hundred processes, and beside the packages, not in the tree.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/compiled

.PHONY: demo test check docs words bench prove bundle lock clean

demo: $(VENV)/.ready            ## read Luoyang's plan and serve its ledger on http://$(DEMO)
	$(BIN)/luoshi demo --bind $(DEMO)

test: $(VENV)/.ready-dev        ## set up and pass every test; what databases may answer differently passes on both
	@$(BIN)/python -m pytest -q tests/browser > $(VENV)/browser.txt 2>&1 & browser=$$!; \
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup --ignore=tests/browser $(addprefix --ignore=,$(TIMED) $(ASKED)); suite=$$?; \
	wait $$browser; browser=$$?; cat $(VENV)/browser.txt; exit $$((suite | browser))	# one demo, met by one browser, beside the rest
	$(BIN)/python -m tests.on_postgresql -q -n 2 $(BOTH)
	$(BIN)/python -m pytest -q $(TIMED)

check: $(VENV)/.ready-dev       ## style, types, floors, house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/mypy > $(VENV)/types.txt 2>&1 & types=$$!; \
	$(BIN)/lint-imports --config .importlinter; floors=$$?; \
	$(BIN)/python -m pytest -q -n 2 $(RULES); rules=$$?; \
	wait $$types; types=$$?; cat $(VENV)/types.txt; exit $$((floors | rules | types))	# types take one core a minute

docs: $(VENV)/.ready-dev        ## rewrite the pages that are made from declarations
	$(BIN)/luoshi docs docs/reference --glossary GLOSSARY.md

words:                          ## compile the English words of the pages (needs gettext)
	msgfmt --check -o src/luoshi/bureau/locale/en/LC_MESSAGES/django.mo src/luoshi/bureau/locale/en/LC_MESSAGES/django.po

bench: $(VENV)/.ready-bench     ## every claim of speed, measured beside a peer
	$(BIN)/python -m benchmarks

prove: $(VENV)/.ready-spark     ## the long proofs, and every test of the website on PostgreSQL: minutes, not seconds
	LUOSHI_PROVE=1 $(BIN)/python -m pytest -q tests -m prove
	LUOSHI_PROVE=1 $(BIN)/python -m pytest -q -n 2 tests/generative tests/spec tests/unit
	LUOSHI_PROVE=1 $(BIN)/python -m tests.on_postgresql -q tests/bureau -m prove
	$(BIN)/python -m tests.on_postgresql -q -n 2 tests/bureau $(addprefix --ignore=,$(TIMED))
	$(BIN)/python -m tests.on_postgresql -q $(TIMED)

bundle: $(VENV)/.ready           ## portable bundles for Linux and Windows, in build/bundle
	$(BIN)/python portable/build.py --pip $(PYTHON)

lock:                           ## renew the hashed locks (needs pip-tools on PATH)
	pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --strip-extras --no-header --no-annotate -o requirements.txt requirements.in
	pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --strip-extras --no-header --no-annotate -o requirements-dev.txt requirements-dev.in
	pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --strip-extras --no-header --no-annotate -o requirements-bench.txt requirements-bench.in
	pip-compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --strip-extras --no-header --no-annotate -o requirements-spark.txt requirements-spark.in

clean:
	rm -rf $(VENV) var build

$(VENV)/.ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv --without-pip $(VENV)
	$(PYTHON) -m pip --python $(VENV) install -q --no-compile --require-hashes -r requirements.txt
	$(PYTHON) -m pip --python $(VENV) install -q --no-compile --no-deps --no-build-isolation --no-index -e .
	touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	$(PYTHON) -m pip --python $(VENV) install -q --no-compile --require-hashes -r requirements-dev.txt
	touch $@

$(VENV)/.ready-bench: $(VENV)/.ready-dev requirements-bench.txt
	$(PYTHON) -m pip --python $(VENV) install -q --no-compile --require-hashes -r requirements-bench.txt
	touch $@

$(VENV)/.ready-spark: $(VENV)/.ready-dev requirements-spark.txt
	$(PYTHON) -m pip --python $(VENV) install -q --no-compile --no-build-isolation --require-hashes -r requirements-spark.txt
	touch $@
