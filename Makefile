# What is done with this project, one word each. Everything needed beside Python 3.11+, Go and make is got on the way.
.DEFAULT_GOAL := help
.PHONY: help up preview destroy seeded test lint bench lock test-clients

VENV := .venv
PYTHON_IN_VENV := $(VENV)/bin/python
SANDBOX := $(VENV)/bin/acg-sandbox
ACTIONLINT := $(VENV)/bin/actionlint
POLICIES := --policy-pack policies

# With CATALOG=path, that catalog instead of the example: on an embedded Azure of its own, where all that it names exists,
# and by Azure's rules alone, since guardrails.json is about the example.
ifdef CATALOG
PROVIDERS_SUBSCRIPTION := 11111111-1111-1111-1111-111111111111
# a/b and a-b differ in the checksum alone
STATE := .sandboxes/$(shell printf %s '$(CATALOG)' | tr -c 'A-Za-z0-9.' -)-$(firstword $(shell printf %s '$(CATALOG)' | cksum))
IN_STATE := --state '$(STATE)'
STACK := --stack own
SETTINGS := --config acg:catalog='$(CATALOG)' --config acg:guardrails=
SEEDED := seeded
endif
EXEC := $(SANDBOX) exec $(IN_STATE) -- pulumi

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: $(VENV)/installed $(SEEDED) ## preview and deploy the example, or CATALOG=path, on the embedded Azure
	$(EXEC) preview --suppress-outputs $(POLICIES) $(STACK) $(SETTINGS)
	$(EXEC) up --yes --skip-preview --suppress-outputs --suppress-progress $(STACK) $(SETTINGS)
	@$(SANDBOX) status $(IN_STATE)

preview: $(VENV)/installed $(SEEDED) ## show what `make up` would change
	$(EXEC) preview --suppress-outputs $(POLICIES) $(STACK) $(SETTINGS)

destroy: $(VENV)/installed ## delete what was deployed to the embedded Azure, protected or not
	$(EXEC) destroy --yes --ignore-protect $(STACK)
	@$(SANDBOX) status $(IN_STATE)

seeded: $(VENV)/installed
	@mkdir -p '$(STATE)'
	$(VENV)/bin/acg sources '$(CATALOG)' --subscription $(PROVIDERS_SUBSCRIPTION) --format json > '$(STATE)/sources.json'
	$(SANDBOX) seed $(IN_STATE) --from '$(STATE)/sources.json'

test: $(VENV)/installed $(ACTIONLINT) ## run the tests, the real engine included
	@$(PYTHON_IN_VENV) -m acg_sandbox.engine yaml || echo 'The tests of programs in Pulumi YAML are left out.'
	$(PYTHON_IN_VENV) -m pytest --numprocesses logical --dist worksteal $(PYTEST)

test-clients: $(VENV)/installed ## run the Azure CLI, Ansible and the Go, JavaScript and Java SDKs against the embedded Azure
	$(PYTHON_IN_VENV) -m tests.clients

lint: $(VENV)/installed ## check style, types, security and the direction of imports
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/pyright
	$(VENV)/bin/lint-imports
	$(VENV)/bin/bandit --quiet --recursive --configfile pyproject.toml acg acg_sandbox components policies .ci __main__.py

bench: $(VENV)/installed ## measure against a raw azure-native program and plain PyYAML
	$(PYTHON_IN_VENV) -m bench

# Top-level versions stand in requirements*.txt; the locks add what those need, and the hashes of everything.
COMPILE := env -u PIP_FIND_LINKS CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/pip-compile --quiet --generate-hashes \
  --allow-unsafe --strip-extras --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: $(VENV)/installed ## pin all packages again, with hashes, after a change of requirements*.txt
	cat requirements.txt requirements-dev.txt | grep == | $(COMPILE) --output-file requirements-dev.lock -
	grep == requirements.txt | $(COMPILE) --output-file requirements.lock -
	grep -Ei '^(click|pydantic|pyyaml)==' requirements.txt | $(COMPILE) --output-file requirements-check.txt -
	{ grep -Ei '^(click|pydantic|pyyaml)==' requirements.txt; grep -i '^jinja2==' requirements-dev.txt; } | \
	  $(COMPILE) --output-file requirements-action.lock -
	{ grep -Ei '^(click|pydantic|pyyaml)==' requirements.txt; \
	  grep -Ei '^(aiohttp|azure-core|azure-identity|azure-mgmt-compute|azure-mgmt-core|azure-mgmt-resourcegraph|yaml-edit)==' requirements-dev.txt; } | \
	  $(COMPILE) --output-file requirements-refresh.lock -

# Python 3.11 or newer: the one that PYTHON names, otherwise the first that will do.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
AT_LEAST_3_11 := import sys; sys.exit(sys.version_info < (3, 11))

$(VENV)/installed: pyproject.toml requirements-dev.lock | $(PYTHON_IN_VENV)
	@$(PYTHON_IN_VENV) -c '$(AT_LEAST_3_11)' || { \
	  echo "error: $(VENV) has $$($(PYTHON_IN_VENV) --version); this project needs Python 3.11 or newer." >&2; \
	  echo "Fix: delete $(VENV) and run make again." >&2; exit 2; }
	@$(PYTHON_IN_VENV) .ci/packages.py requirements-dev.lock
	@$(PYTHON_IN_VENV) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The linter of GitHub's workflows comes as a Go module.
$(ACTIONLINT): | $(PYTHON_IN_VENV)
	@if command -v go >/dev/null; then \
	  GOBIN=$(abspath $(VENV)/bin) go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12; fi

$(PYTHON_IN_VENV):
	@for python in $(PYTHON); do \
	  if $$python -c '$(AT_LEAST_3_11)' 2>/dev/null; then \
	    $$python -m venv $(VENV) && exit; rm -rf $(VENV); exit 2; \
	  fi; \
	  found="$$found, $$python is $$($$python --version 2>&1 || echo absent)"; \
	done; \
	echo "error: this project needs Python 3.11 or newer$${found}." >&2; \
	echo "Fix: install one, or name one: make PYTHON=/path/to/python3" >&2; exit 2
