"""The command line: each command parses its arguments, calls one function and prints one result."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - a checkout can be run by any Python, and this file is the first it reads
    sys.stderr.write("acg: needs Python 3.11 or newer, and this is Python {}.{}\n".format(*sys.version_info[:2]))
    sys.stderr.write("     Install one, and make the virtual environment again with it: python3.11 -m venv .venv\n")
    sys.exit(2)
