"""An Azure on this machine: Resource Manager over HTTP, an azure-native stand-in, the real Pulumi engine."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # said here, before newer syntax ends in a traceback
    version = ".".join(map(str, sys.version_info[:2]))
    print(f"error: {sys.executable} is Python {version}; this project needs 3.11 or newer.", file=sys.stderr)
    print("Fix: use .venv/bin/python, which `make` makes.", file=sys.stderr)
    sys.exit(2)
