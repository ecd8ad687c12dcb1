# One verb a task. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
APT := test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq
APT_INSTALL := apt-get install -qq -y --no-install-recommends

# make turns every failure into its own code 2; the contract of docs/exit-codes.md is the commands'.
say_code = || { code=$$?; echo "make: the command ended with exit code $$code (docs/exit-codes.md)" >&2; exit $$code; }

.PHONY: help accept check test prove mutants soak bench load lint types imports unit features serve report requirements pages clean venv dev

help:  ## list the verbs
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

venv: $(STAMPS)/venv  ## make .venv, with behave and reference-app in .venv/bin
dev: $(STAMPS)/dev  ## add what the tests need

accept: $(STAMPS)/venv  ## prove the promises on a real server; the report is reports/out/index.html
	@$(BIN)/behave -D jobs=4 --tags "not @wip and not @cost.minute and not @cost.seconds and not @database.postgres" $(say_code)

check: $(STAMPS)/dev  ## for work: lint, types, contracts, tests and features of what changed since main, or BASE=ref
	@$(BIN)/python -m tests.check $(BASE) $(say_code)

test: $(STAMPS)/dev  ## all of it: lint, types, import contracts, unit and contract tests, features, faults
	@$(BIN)/python -m tests.run_all $(say_code)

prove: $(STAMPS)/venv  ## break the server on purpose, one fault after the other, and see the suite fail
	@$(BIN)/python -m fixtures.sabotage prove $(say_code)

mutants: $(STAMPS)/venv  ## change the app in small ways, and count how many the features detect; SYSTEM=… SAMPLE=… SEED=…
	@$(BIN)/python -m fixtures.sabotage mutants $(if $(SYSTEM),--system $(SYSTEM)) $(if $(SAMPLE),--sample $(SAMPLE)) \
	  $(if $(SEED),--seed $(SEED)) $(say_code)

soak: $(STAMPS)/dev  ## checks that take an hour: attacks of a minute each, two thousand kills, a million events
	@$(BIN)/python -m fixtures.systems.server.soak --database sqlite $(say_code)
	@$(BIN)/python -m fixtures.systems.server.soak --database postgres $(say_code)
	@FRAMING_CASES=10000 $(BIN)/pytest -q tests/reference_app/web/test_app_framing_fuzz.py $(say_code)
	@$(BIN)/behave --tags "@cost.hour" $(say_code)

bench: $(STAMPS)/bench  ## how fast reads, hits and the release of lots are, beside what does less; ROUNDS=… ENTRIES=… LOTS=…
	@code=0; \
	$(BIN)/python -m fixtures.systems.lunar_returns.bench $(if $(ROUNDS),--rounds $(ROUNDS)) || code=$$?; \
	$(BIN)/python -m fixtures.systems.product_cache.bench $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(ENTRIES),--entries $(ENTRIES)) || code=$$?; \
	$(BIN)/python -m fixtures.systems.vesting.bench $(if $(LOTS),--lots $(LOTS)) || code=$$?; \
	(exit $$code) $(say_code)

load: $(STAMPS)/load  ## locust on servers as in production: every limit of load/thresholds.toml; DATABASE=… LOADS=… SECONDS=… BASELINE=…
	@$(BIN)/python -m fixtures.load_runs $(LOADS) $(if $(DATABASE),--database $(DATABASE)) $(if $(SECONDS),--seconds $(SECONDS)) \
	  $(if $(BASELINE),--baseline $(BASELINE)) $(say_code)

lint: $(STAMPS)/dev  ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMPS)/dev  ## mypy --strict
	$(BIN)/mypy

imports: $(STAMPS)/dev  ## which part may import which
	$(BIN)/lint-imports

unit: $(STAMPS)/dev  ## pytest
	$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder

features: $(STAMPS)/venv  ## behave, one job, as a developer runs it
	@$(BIN)/behave $(say_code)

serve: $(STAMPS)/venv  ## the reference server on port 8000, in development
	@$(BIN)/reference-app serve --dev

report: $(STAMPS)/venv  ## make the report of the last run again
	@$(BIN)/python -m reports build reports/out/results.json $(say_code)

pages: $(STAMPS)/dev  ## regenerate what docs and editors take from the code: tables, a picture, parameter types
	@$(BIN)/python -m tests.pages $(say_code)

requirements:  ## compile the pinned requirement files again (needs uv)
	uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
	  --custom-compile-command 'make requirements' requirements/accept.in -o requirements/accept.txt
	uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
	  --custom-compile-command 'make requirements' requirements/dev.in -o requirements/dev.txt
	uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
	  --custom-compile-command 'make requirements' requirements/server.in -o requirements/server.txt
	uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
	  --custom-compile-command 'make requirements' requirements/bench.in -o requirements/bench.txt
	uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
	  --custom-compile-command 'make requirements' requirements/load.in -o requirements/load.txt

clean:  ## remove what was made
	rm -rf .venv $(STAMPS) reports/out .mypy_cache .ruff_cache .pytest_cache .coverage

$(STAMPS)/venv: requirements/accept.txt pyproject.toml
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: Python 3.11 or newer is needed; name one: make PYTHON=python3.11 …" >&2; exit 64; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -qq -y python3-venv >/dev/null; } || \
	  { echo "make: Python's venv module is missing; install it: apt-get install python3-venv" >&2; exit 64; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing what acceptance needs (about 15 s the first time)"
	@$(PIP) install --require-hashes -r requirements/accept.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/bench: $(STAMPS)/venv requirements/bench.txt
	@echo "installing what the reference app is compared with"
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

$(STAMPS)/load: $(STAMPS)/venv requirements/load.txt
	@echo "installing what a load needs: locust and its histograms"
	@$(PIP) install --require-hashes -r requirements/load.txt
	@touch $@

$(STAMPS)/dev: $(STAMPS)/venv $(STAMPS)/load requirements/dev.txt
	@echo "installing what the tests need (about 15 s the first time)"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@command -v chromium >/dev/null || { $(APT) && echo "installing chromium, in which the report is tested" && \
	  $(APT_INSTALL) chromium >/dev/null; } || echo "make: no chromium here: tests that need a browser are skipped" >&2
	@{ command -v cron && command -v faketime; } >/dev/null || { $(APT) && \
	  echo "installing cron and faketime, with which the vesting job is scheduled in tests" && \
	  RUNLEVEL=1 $(APT_INSTALL) cron faketime >/dev/null; } || \
	  echo "make: no cron here: the scenarios in which it runs the vesting job are inconclusive" >&2
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || { $(APT) && \
	  echo "installing nginx, through which the server is attacked in tests" && \
	  RUNLEVEL=1 $(APT_INSTALL) nginx-light openssl >/dev/null; } || \
	  echo "make: no nginx here: the tests of docs/operations/nginx.conf are skipped" >&2
	@touch $@
