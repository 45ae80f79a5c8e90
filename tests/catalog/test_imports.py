"""Reading a catalog starts fast: it imports nothing that only a terminal, a server or the engine needs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "acg.azure.regions",
        "acg.catalog.models",
        "acg.catalog.reader",
        "acg.desired.lower",
        "acg.errors",
        "acg.input_file",
    ],
)
def test_imports_stay_light(module):
    program = f"import sys, {module}; print(*(name.split('.')[0] for name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert not {"click", "rich", "pulumi", "jsonschema", "asyncio", "http", "json", "difflib"} & set(loaded)
