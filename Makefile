# The two commands that matter are `make demo` and `make test`. Both need Python 3.11 or later and nothing else.

PYTHON ?= python3
OUT ?= gxextract-out
UV ?= uv

BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check
# Wheels only: a machine without a compiler hears at once which wheel is missing.
LOCKED := $(PIP_INSTALL) --only-binary :all: --require-hashes --requirement
LOCK := $(UV) --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group build

# paddleocr brings an OpenCV of its own, which writes to the same folder as ours: it gets an environment without ours.
PADDLE_BIN := .venv-paddle/bin
PADDLE_INSTALL := $(PADDLE_BIN)/python -m pip install --disable-pip-version-check --no-deps

.PHONY: help demo test test-paddle lint lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo   read the sample dump in fixtures/dump into $(OUT)"
	@echo "make test   run the tests"
	@echo "make test-paddle   run the tests of the engines with paddleocr, in .venv-paddle"
	@echo "make lint   ruff, and mypy on what a wheel holds"
	@echo "make lock   write the requirements files anew from pyproject.toml (needs uv)"
	@echo "make clean  remove the environment and what was built"

# Exit code 1 says that some documents failed: the sample dump has a broken one on purpose.
demo: .venv/.program
	$(BIN)/gxextract run fixtures/dump --out $(OUT) || test $$? -eq 1
	@echo "Open $(OUT)/report.html; the values are in $(OUT)/records.csv, the documents under $(OUT)/documents."

test: .venv/.tools
	$(BIN)/pytest -n 2

test-paddle: .venv-paddle/.made
	$(PADDLE_BIN)/pytest --noconftest tests/ocr/test_engines.py tests/ocr/test_paddle_models.py

# An editable install can't be type-checked, since the package is the folder that holds it: check what would ship.
lint: .venv/.tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	rm -rf build
	$(PIP_INSTALL) --quiet --no-deps --no-build-isolation --target build/shipped .
	MYPYPATH=build/shipped $(BIN)/mypy -p gxextract
	rm -rf build

lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt \
		--output-file requirements-dev.txt
	$(LOCK) --group test --extra paddle --no-emit-package opencv-python-headless \
		--output-file requirements-paddle.txt

clean:
	rm -rf .venv .venv-paddle build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"gxextract needs Python 3.11 or later; name one: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.program: .venv/.made requirements.txt pyproject.toml
	$(LOCKED) requirements.txt
	$(PIP_INSTALL) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.tools: .venv/.program requirements-dev.txt
	$(LOCKED) requirements-dev.txt
	@touch $@

.venv-paddle/.made: requirements-paddle.txt pyproject.toml
	$(PYTHON) -m venv .venv-paddle
	$(PADDLE_INSTALL) --only-binary :all: --require-hashes --requirement requirements-paddle.txt
	$(PADDLE_INSTALL) --quiet --no-build-isolation --editable .
	@touch $@
