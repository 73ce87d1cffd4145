# Every command of the course, one line each. `make` alone lists them.

PY := .venv/bin/python
COURSE := .venv/bin/course
READY := .venv/.ready
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Without its bytecode cache torch takes seconds to import, in every kernel anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help course notebooks site serve test faults lint bench bench-grader bench-figures audit system lock wheel clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "%-14s %s\n", $$1, $$2}' Makefile

course: notebooks site  ## Set everything up, generate the student notebooks, build the site
	@echo
	@echo "The site stands in _build/html, the student notebooks in exercises/."
	@echo "Read it:  make serve"

notebooks: $(READY)  ## Generate solutions/*/*.ipynb and exercises/ from solutions/*/*.md
	@"$(COURSE)" notebooks

site: $(READY)  ## Build the site into _build/html (chapters run; only what changed)
	@"$(COURSE)" site

serve: $(READY)  ## Serve the built site on this machine
	@"$(COURSE)" serve

test: lint site  ## Set everything up, check, build the site, run all tests
	@OMP_NUM_THREADS=1 "$(PY)" -m pytest -n auto --dist worksteal

faults: $(READY)  ## Show which attacks, accidents and honest mistakes the graders hold
	@OMP_NUM_THREADS=1 "$(PY)" -m pytest -q -n auto --dist worksteal --faults

lint: $(READY)  ## Check style, types and generated files
	@"$(PY)" -m ruff check --quiet .
	@"$(PY)" -m ruff format --quiet --check course_utils tests benchmarks book || { echo "run: .venv/bin/ruff format course_utils tests benchmarks book"; exit 1; }
	@"$(PY)" -m mypy --no-error-summary
	@"$(COURSE)" notebooks --check

bench: $(READY)  ## Time ours against plain twins, alternately in one run
	@"$(PY)" -m benchmarks

bench-grader: $(READY)  ## Time the grader: rate, overhead, memory, gradebook, tests
	@"$(PY)" -m benchmarks.grader

bench-figures: $(READY)  ## Time the figures to play with, in Chromium
	@"$(PY)" -m benchmarks.figures

audit: $(READY)  ## Run answer banks, mutants and 200 seeds against the checks
	@OMP_NUM_THREADS=1 "$(PY)" -m tests.audit

system:  ## Install the Debian packages that some tests need (asks for root)
	@if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	$$sudo apt-get update -qq && $$sudo apt-get install -y -qq bubblewrap chromium nodejs postgresql >/dev/null

lock: $(READY)  ## Write requirements.txt anew: the newest versions that pyproject.toml allows
	@mkdir -p _build
	@"$(PY)" -m uv pip compile --quiet --universal --python-version 3.11 --all-extras --upgrade \
		--no-header --no-annotate pyproject.toml -o _build/requirements.new
	@{ sed -n '/^#/p' requirements.txt; sed '/^#/d' _build/requirements.new; } > _build/lock
	@mv _build/lock requirements.txt

wheel: $(READY)  ## Build the package that students install, into _build
	@"$(PY)" -m uv build --quiet --wheel --no-build-isolation --out-dir _build .
	@ls _build/*.whl

clean:  ## Remove what was built (not .venv)
	rm -rf _build

# uv installs in a fifth of pip's time. It reads its own settings, not pip's, so where it cannot
# reach an index that pip is set up for, pip does the work.
$(READY): requirements.txt pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; this is $$(python3 --version)."; exit 1; }
	@python3 -m venv .venv \
		|| { echo "Python cannot make a virtual environment: apt-get install python3-venv"; exit 1; }
	@echo "Installing the pinned set into .venv (a few minutes, 6 GB)"
	@"$(PY)" -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.txt)"
	@"$(PY)" -m uv pip install --quiet --python "$(PY)" -r requirements.txt \
		|| "$(PY)" -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@"$(PY)" -m uv pip install --quiet --python "$(PY)" --no-deps --no-build-isolation -e .
	@touch $@
