# Everything runs in .venv, which the first command makes. Python 3.11 or later is all that must be there; another
# one than python3 is named so: make test PYTHON=python3.13
PYTHON ?= python3
VENV := .venv
LATEST := .venv-latest
LOWEST := .venv-lowest
LOCK := .venv-lock
DOCS := .venv-docs
UV := uv==0.13.9
ifeq ($(OS),Windows_NT)
IN := Scripts
else
IN := bin
endif
BIN := $(VENV)/$(IN)
RUN := $(BIN)/python
INSTALL := -m pip install --quiet --disable-pip-version-check
# Nothing but what the locks name: no dependency beside them, no builder but theirs.
EXACTLY := $(INSTALL) --no-deps --no-build-isolation --use-pep517
LOCKED := $(EXACTLY) --require-hashes --requirement
TOUCH := -c "import sys; open(sys.argv[1], 'w').close()"
# Neighbours stay together, so that what a module prepares is prepared once.
TESTS := -m pytest -q -n auto --dist worksteal
# Compiled once, not in each of the processes that the tests start.
unexport PYTHONDONTWRITEBYTECODE

QUICK := -m "not slow"

.PHONY: demo check test figures latest test-latest test-latest-quick test-lowest lint generate docs lock benchmarks clean FORCE

demo: $(VENV)/installed  ## evaluate a published scheme and its bids: ranking, winner and why
	@$(RUN) -m tender_eval evaluate schemes/victim-services-cpqp.yaml fixtures/victim-services-cpqp.bids.yaml

check: $(VENV)/installed-dev  ## the quick tests, while one works
	@$(RUN) $(TESTS) $(QUICK)

test: $(VENV)/installed-dev  ## all tests, those of the plugins from their built wheels
	@$(RUN) $(TESTS)
	@$(RUN) scripts/test_plugins.py

figures: $(VENV)/installed-dev  ## the tests of figures in the docs that take the longest: of simulations
	@$(RUN) $(TESTS) -m figures

test-latest: $(LATEST)/made  ## all tests with the newest releases of everything that is allowed
	@$(LATEST)/$(IN)/python $(INSTALL) --upgrade --upgrade-strategy eager --editable ".[test,build]"
	@$(LATEST)/$(IN)/python $(TESTS)
	@$(LATEST)/$(IN)/python scripts/test_plugins.py

latest: $(LATEST)/made  ## the newest releases of what the quick tests need, installed
	@$(LATEST)/$(IN)/python $(INSTALL) --upgrade --upgrade-strategy eager --editable ".[test]"

test-latest-quick: latest  ## the quick tests with them
	@$(LATEST)/$(IN)/python $(TESTS) $(QUICK)

test-lowest: $(LOWEST)/installed  ## all tests with the lowest versions that pyproject.toml declares
	@$(LOWEST)/$(IN)/python $(TESTS)
	@$(LOWEST)/$(IN)/python scripts/test_plugins.py

lint: $(VENV)/installed-dev  ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

lock: $(LOCK)/made  ## the locks, after a change of dependencies; with UPGRADE=--upgrade all newest versions
	@$(LOCK)/$(IN)/python $(INSTALL) $(UV)
	@$(LOCK)/$(IN)/python scripts/lock.py $(UPGRADE)

docs: $(DOCS)/installed  ## the site of the docs, into build/site; a broken link fails
	@$(DOCS)/$(IN)/python scripts/docs.py

generate: $(VENV)/installed-dev  ## JSON Schemas and docs pages from the code
	@$(RUN) scripts/generate.py
	@$(RUN) scripts/notebook.py

benchmarks: $(VENV)/installed-dev  ## every figure of benchmarks/README.md
	@$(RUN) benchmarks/process.py
	@$(RUN) benchmarks/batch.py
	@$(RUN) benchmarks/frames.py
	@$(RUN) benchmarks/weights.py
	@$(RUN) benchmarks/lots.py
	@$(RUN) benchmarks/guarded.py
	@$(RUN) benchmarks/validate.py
	@$(RUN) benchmarks/record.py
	@$(RUN) benchmarks/case.py
	@$(RUN) benchmarks/report.py
	@$(RUN) benchmarks/growth.py
	@$(RUN) benchmarks/alpha.py
	@$(RUN) benchmarks/collect.py
	@$(RUN) benchmarks/workbook.py
	@$(RUN) $(LOCKED) locks/bench.txt
	@$(RUN) benchmarks/smaa.py
	@$(RUN) benchmarks/fairness.py
	@$(RUN) benchmarks/simulation.py
	@$(RUN) benchmarks/dask_workers.py
	@$(RUN) benchmarks/standard_errors.py

clean:
	@$(PYTHON) -c "import shutil, sys; [shutil.rmtree(f, True) for f in sys.argv[1:]]" $(VENV) $(LATEST) $(LOWEST) $(LOCK) $(DOCS) build

# Looked at each time: one of another Python than is asked for is made anew.
$(VENV)/made $(LATEST)/made $(LOWEST)/made $(LOCK)/made $(DOCS)/made: FORCE
	@$(PYTHON) scripts/make_venv.py $(@D)

$(VENV)/installed: $(VENV)/made pyproject.toml locks/build.txt locks/run.txt
	@$(RUN) $(LOCKED) locks/build.txt
	@$(RUN) $(LOCKED) locks/run.txt
	@$(RUN) $(EXACTLY) --editable .
	@$(RUN) -m compileall -q src
	@$(RUN) $(TOUCH) $@

$(VENV)/installed-dev: $(VENV)/made pyproject.toml locks/build.txt locks/dev.txt
	@$(RUN) $(LOCKED) locks/build.txt
	@$(RUN) $(LOCKED) locks/dev.txt
	@$(RUN) $(EXACTLY) --editable .
	@$(RUN) $(TOUCH) $@

$(LOWEST)/installed: $(LOWEST)/made pyproject.toml locks/build.txt locks/lowest.txt
	@$(LOWEST)/$(IN)/python $(LOCKED) locks/build.txt
	@$(LOWEST)/$(IN)/python $(LOCKED) locks/lowest.txt
	@$(LOWEST)/$(IN)/python $(EXACTLY) --editable .
	@$(LOWEST)/$(IN)/python $(TOUCH) $@

$(DOCS)/installed: $(DOCS)/made locks/docs.txt
	@$(DOCS)/$(IN)/python $(LOCKED) locks/docs.txt
	@$(DOCS)/$(IN)/python $(TOUCH) $@
