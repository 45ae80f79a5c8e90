# What is done with this project, one word each. Everything needed beside Python 3.11+, Go and make is got on the way.
.DEFAULT_GOAL := help
.PHONY: help up preview destroy test lint bench

VENV := .venv
PYTHON_IN_VENV := $(VENV)/bin/python
SANDBOX := $(VENV)/bin/acg-sandbox
POLICIES := --policy-pack policies --policy-pack-config guardrails.json

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: $(VENV)/installed ## deploy the example catalog onto the embedded Azure and show what stands where
	$(SANDBOX) exec -- pulumi up --yes $(POLICIES)
	@$(SANDBOX) status

preview: $(VENV)/installed ## show what `make up` would change
	$(SANDBOX) exec -- pulumi preview $(POLICIES)

destroy: $(VENV)/installed ## delete what was deployed to the embedded Azure, protected or not
	$(SANDBOX) exec -- pulumi destroy --yes --ignore-protect
	@$(SANDBOX) status

test: $(VENV)/installed ## run the tests, the real engine included
	@$(PYTHON_IN_VENV) -m acg_sandbox.engine
	$(PYTHON_IN_VENV) -m pytest --numprocesses logical --dist worksteal

lint: $(VENV)/installed ## check style, types and the direction of imports
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/pyright
	$(VENV)/bin/lint-imports

bench: $(VENV)/installed ## measure against a raw azure-native program and plain PyYAML
	$(PYTHON_IN_VENV) -m bench

# Python 3.11 or newer: the one that PYTHON names, otherwise the first that will do.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
AT_LEAST_3_11 := import sys; sys.exit(sys.version_info < (3, 11))

$(VENV)/installed: pyproject.toml requirements.txt requirements-dev.txt | $(PYTHON_IN_VENV)
	@$(PYTHON_IN_VENV) -c '$(AT_LEAST_3_11)' || { \
	  echo "error: $(VENV) has $$($(PYTHON_IN_VENV) --version); this project needs Python 3.11 or newer." >&2; \
	  echo "Fix: delete $(VENV) and run make again." >&2; exit 2; }
	@echo "Installing Python packages into $(VENV)"
	@$(PYTHON_IN_VENV) -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

$(PYTHON_IN_VENV):
	@for python in $(PYTHON); do \
	  if $$python -c '$(AT_LEAST_3_11)' 2>/dev/null; then \
	    $$python -m venv $(VENV) && exit; rm -rf $(VENV); exit 2; \
	  fi; \
	  found="$$found, $$python is $$($$python --version 2>&1 || echo absent)"; \
	done; \
	echo "error: this project needs Python 3.11 or newer$${found}." >&2; \
	echo "Fix: install one, or name one: make PYTHON=/path/to/python3" >&2; exit 2
