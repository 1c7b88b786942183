# Everything runs in .venv, which the first command makes. Python 3.11 or later is all that must be there.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
RUN := $(BIN)/python
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check

.PHONY: demo test lint types generate benchmarks clean

demo: $(VENV)/installed  ## evaluate a published scheme and its bids: ranking, winner and why
	@$(RUN) -m tender_eval evaluate schemes/victim-services-cpqp.yaml fixtures/victim-services-cpqp.bids.yaml

test: $(VENV)/installed-dev  ## all tests, those of the plugins from their built wheels
	@$(RUN) -m pytest -q -n auto
	@$(RUN) scripts/test_plugins.py

lint: $(VENV)/installed-dev  ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

generate: $(VENV)/installed-dev  ## JSON Schemas and docs pages from the code
	@$(RUN) scripts/generate.py

benchmarks: $(VENV)/installed-dev  ## every figure of benchmarks/README.md
	@$(RUN) benchmarks/process.py
	@$(RUN) benchmarks/batch.py
	@$(RUN) benchmarks/weights.py
	@$(RUN) benchmarks/validate.py
	@$(RUN) benchmarks/record.py
	@$(RUN) benchmarks/report.py
	@$(RUN) benchmarks/growth.py
	@$(PIP) --editable ".[bench]"
	@$(RUN) benchmarks/smaa.py
	@$(RUN) benchmarks/fairness.py
	@$(RUN) benchmarks/simulation.py
	@$(RUN) benchmarks/dask_workers.py

clean:
	@$(PYTHON) -c "import shutil; shutil.rmtree('$(VENV)', ignore_errors=True)"

$(VENV)/made:
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -c "open('$@', 'w').close()"

$(VENV)/installed: $(VENV)/made pyproject.toml
	@$(PIP) --editable .
	@$(RUN) -m compileall -q src
	@$(RUN) -c "open('$@', 'w').close()"

$(VENV)/installed-dev: $(VENV)/made pyproject.toml
	@$(PIP) --editable ".[dev]"
	@$(RUN) -c "open('$@', 'w').close()"
