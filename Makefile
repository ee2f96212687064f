# One command for each thing. Nothing has to be installed first but Python 3.11+, git and make; node is used where it is.
# `make` or `make help` lists the commands.

# What is set outside must not decide what runs in here.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup run demo examples test simulate lint format types docs schemas check-schemas bench wheel lock clean

BIN := .venv/bin
READY := .venv/.ready
NODE := tests/node/node_modules
HAS_NODE := $(shell command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && node --version >/dev/null 2>&1 && echo yes)
NODE_READY := $(if $(HAS_NODE),$(NODE)/.ready)

# Which alliancekit the demo runs and where it writes: the wheel's test sets both.
ALLIANCEKIT ?= $(BIN)/alliancekit
DEMO ?= build/demo

help: ## list the commands
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

setup: $(READY) $(NODE_READY) ## make .venv from the lock file, and the node tools where node is

# The environment is made anew when the lock changes, so that it holds the locked versions and nothing else.
.venv/.locked: requirements-dev.txt
	@python=$$(.ci/python) && "$$python" -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

$(READY): .venv/.locked pyproject.toml src/alliancekit/_version.py
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(NODE)/.ready: tests/node/package.json tests/node/package-lock.json
	@npm ci --prefix tests/node --no-fund --no-audit --loglevel=error
	@touch $@

run: demo

demo: $(READY) ## play the one-to-one flow from example answers; check and print the agreement
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(ALLIANCEKIT) guide one-to-one --answers examples/one-to-one/ana-ben.answers.yaml -o $(DEMO)/ana-ben.alliance.yaml
	$(ALLIANCEKIT) check $(DEMO)/ana-ben.alliance.yaml
	$(ALLIANCEKIT) render $(DEMO)/ana-ben.alliance.yaml --to markdown
	@printf '\nThe files are in %s:\n' "$(DEMO)" && ls $(DEMO)

# Each script in examples/ with its flow, in order; what it comes to is committed beside it, and a test compares. A
# check-in names the alliance that it is about, and changes that file.
PLAYS := one-to-one:one-to-one/ana-ben one-to-one:friends/tunde-maja examples/walk/walk.flow.yaml:walk/ida-sam \
  examples/twelve/twelve.flow.yaml:twelve/tide-kitchen team:team/harbour \
  check-in:team/harbour-2026-12-15:team/harbour check-in:team/harbour-2027-01-12:team/harbour check-in:team/harbour-2027-02-09:team/harbour

examples: $(READY) ## play the scripts in examples/ again, and write what they come to
	@for play in $(PLAYS); do echo $$play | { IFS=: read -r flow at about; at=examples/$$at; \
	  if [ -n "$$about" ]; then set -- --alliance examples/$$about.alliance.yaml; \
	  else rm -f $$at.alliance.yaml; set -- -o $$at.alliance.yaml; fi; \
	  $(ALLIANCEKIT) guide $$flow --force --answers $$at.answers.yaml "$$@"; } || exit 1; done
	@$(BIN)/python examples/embed.py >examples/embed.txt
	@$(BIN)/python examples/chat.py >examples/chat.txt
	@rm -rf build/year && $(BIN)/python examples/year/year.py build/year >examples/year/year.txt && cp build/year/dawn.alliance.yaml examples/year
	@$(BIN)/python -m tests.examples.golden

test: $(READY) $(NODE_READY) ## run all tests; what needs node is skipped, with that reason, where node is absent
	@$(BIN)/python -m pytest --cov --numprocesses auto --dist worksteal

simulate: $(READY) ## play 1,000 sessions of people who act at random (ALLIANCEKIT_SESSIONS=n for others)
	@ALLIANCEKIT_SESSIONS=$${ALLIANCEKIT_SESSIONS:-1000} $(BIN)/python -m pytest --numprocesses auto --dist worksteal tests/property/test_simulation.py

lint: $(READY) ## ruff's rules and formatting
	@status=0; $(BIN)/ruff check || status=1; $(BIN)/ruff format --check || status=1; exit $$status

format: $(READY) ## write what lint would ask for
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format

types: $(READY) $(NODE_READY) ## mypy strict and pyright strict, over src and tests/typing
	@test -n "$(HAS_NODE)" || { echo "pyright needs node and npm, and they were not found" >&2; exit 1; }
	@status=0; $(BIN)/mypy || status=1; $(NODE)/.bin/pyright --warnings || status=1; exit $$status

docs: $(READY) ## run every block of the README, the docs and the docstrings
	@$(BIN)/python -m pytest tests/docs

schemas: $(READY) ## write schemas/ and the references of documents and of rules from what they describe
	@$(BIN)/python -m alliancekit.documents
	@$(BIN)/python -m alliancekit.check

check-schemas: $(READY) ## is schemas/ what the models say?
	@rm -rf build/schemas && mkdir -p build/schemas
	@$(BIN)/alliancekit schema --write build/schemas
	@diff -r -x README.md schemas build/schemas || { echo "schemas/ is not what the models say: run make schemas" >&2; exit 1; }

wheel: $(READY) ## build the wheel, and test it in an environment of its own that does not see src/
	@.ci/wheel

bench: .venv-bench/.ready $(NODE_READY) ## measure against the peers, side by side in one run (ROWS="import load" for some)
	@.venv-bench/bin/python benchmarks/bench.py $(ROWS)

# The peers live here and nowhere else, beside the locked versions of what we stand on.
.venv-bench/.ready: benchmarks/requirements.txt requirements-dev.txt pyproject.toml
	@python=$$(.ci/python) && "$$python" -m venv --clear .venv-bench && mkdir -p build
	@sed -n 's/^\([a-z0-9.-]*==[^ ]*\).*/\1/p' requirements-dev.txt >build/constraints.txt
	@.venv-bench/bin/python -m pip install --quiet --constraint build/constraints.txt --requirement benchmarks/requirements.txt --editable '.[fast]'
	@touch $@

# The lock names hashes and no addresses, so it holds wherever the same packages are served.
lock: ## write requirements-dev.txt anew from pyproject.toml (UPGRADE=1 for the newest versions)
	@python=$$(.ci/python) && { test -x .venv-lock/bin/uv || { "$$python" -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv==0.13.9; }; }
	@.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 --group dev \
	  --no-emit-index-url --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) --output-file requirements-dev.txt pyproject.toml

clean: ## remove everything that was made here
	@rm -rf .venv .venv-bench .venv-lock build dist $(NODE) .cache .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
