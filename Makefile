# Everything runs in .venv, which the first command makes. README has the plain commands, for those without make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
OLDEST := $(VENV)-oldest
BUILD := $(BIN)/jupyter-book build . -n -W --keep-going

.DEFAULT_GOAL := help
.PHONY: help book html pdf test refresh lab lint format portable oldest experiments bench audit interop coverage fuzz mutants jsmutants clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; $(PYTHON) is %d.%d. Try make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

book: $(READY)  ## run the chapters that have to, then build the pages: open _build/html/index.html
	$(BIN)/python -m tools.refresh --changed
	$(BUILD)

html: $(READY)  ## build the pages from the stored outputs
	$(BUILD)

pdf: html  ## print the whole book into _build/pdf (SOLUTIONS=1: with solutions)
	$(BIN)/python -m tools.chromium
	$(BIN)/python -m tools.pdf $(if $(SOLUTIONS),--solutions)

refresh: $(READY)  ## run all chapters and store their outputs
	$(BIN)/python -m tools.refresh

test: $(READY) lint oldest  ## check style, equations, chapters and pages
	$(BIN)/python -m tools.chromium
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile

# An environment with nothing but NumPy and what runs the tests: what the library uses without saying so fails here.
$(OLDEST)/.installed: requirements-oldest.txt
	$(PYTHON) -m venv $(OLDEST)
	$(OLDEST)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-oldest.txt
	@touch $@

oldest: $(OLDEST)/.installed  ## run the library's tests with the oldest NumPy and without what the book needs
	PYTHONPATH=src OPENBLAS_NUM_THREADS=1 $(OLDEST)/bin/python -m pytest tests/lstm -n 2 -q --noconftest -p tests.profile \
		-o addopts="--import-mode=importlib --strict-markers -ra"

portable: $(READY)  ## check that the stored numbers hold on other CPUs too
	$(BIN)/python -m tools.portable

experiments: $(READY)  ## run what is too long for a chapter, in parallel, and store it
	$(BIN)/python -m experiments

# PyTorch is large and needed here only, so it has an environment of its own; the extra index has it without CUDA.
$(VENV)-bench/.installed: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		--retries 1 --extra-index-url https://download.pytorch.org/whl/cpu "numpy==$$(sed -n 's/^numpy==//p' requirements.txt)" -e ".[bench]"
	@touch $@

bench: $(VENV)-bench/.installed  ## time the fast layer against PyTorch: some minutes on a quiet machine
	$(VENV)-bench/bin/python -m benchmarks.layer

audit: html  ## weigh and time every page of the book: writes benchmarks/pages.md
	$(BIN)/python -m benchmarks.page --times

# The frameworks whose weights come in; they need an environment of their own for the same reason.
$(VENV)-interop/.installed: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)-interop
	$(VENV)-interop/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		--retries 1 --extra-index-url https://download.pytorch.org/whl/cpu "numpy==$$(sed -n 's/^numpy==//p' requirements.txt)" -e ".[interop]"
	@touch $@

interop: $(VENV)-interop/.installed  ## run the tests against PyTorch, Keras, ONNX and safetensors
	PYTHONPATH=src:. KERAS_BACKEND=torch OPENBLAS_NUM_THREADS=1 $(VENV)-interop/bin/python -m pytest tests/interop -q \
		--noconftest -o addopts="--import-mode=importlib --strict-markers -ra" -W "ignore:__array__ implementation:DeprecationWarning"

coverage: $(READY)  ## say which lines and branches of the library its own tests do not run
	OPENBLAS_NUM_THREADS=1 $(BIN)/coverage run -m pytest tests/lstm -q
	$(BIN)/coverage report

fuzz: $(READY)  ## call the library's doors wrongly, 100,000 times, and say which do not refuse in words
	$(BIN)/python -m tests.fuzz

mutants: $(READY)  ## say which wrong versions of the library its tests let pass (MODULES=lstm/gradient.py; else all: hours)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tools.mutants $(MODULES)

jsmutants: $(READY)  ## the same for the explorers' JavaScript (MODULES=companion/explorers/cell)
	$(BIN)/python -m tools.javascript
	$(BIN)/python -m tools.chromium
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tools.mutants_js $(MODULES)

lab: $(READY)  ## open the chapters in JupyterLab
	$(BIN)/jupyter lab --ServerApp.root_dir=book

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tools.javascript

format: $(READY)  ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove what was built; the environment stays
	rm -rf _build
