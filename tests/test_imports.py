"""Every package that is imported is declared: by the product, in an extra, or in what the tests run with."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
OWN = {"acg", "acg_policies", "acg_sandbox", "bench", "pulumi_acg", "tests"}
NAMESPACES = {"azure", "azure.mgmt", "google"}
DISTRIBUTIONS = packages_distributions()


def declared(*extras: str) -> set[str]:
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def pinned() -> set[str]:
    text = "".join((CHECKOUT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt"))
    return {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)(?:\[\w+\])?==", text, re.MULTILINE)}


def modules(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module


def distributions(folder: str) -> dict[str, str]:
    """What a folder imports from others: the distribution, and the module that was named, of each."""
    found: dict[str, str] = {}
    for file in (CHECKOUT / folder).rglob("*.py"):
        here = {path.stem for path in file.parent.iterdir()}
        for name in modules(file):
            top = name.partition(".")[0]
            if top in sys.stdlib_module_names or top in OWN or top in here:
                continue
            found[_distribution(name)] = f"{name} in {file.relative_to(CHECKOUT)}"
    return found


def _distribution(module: str) -> str:
    """The distribution of a module; parts of a namespace package differ in their names."""
    top = module.partition(".")[0]
    candidates = [canonicalize_name(name) for name in DISTRIBUTIONS.get(top, [top])]
    if top not in NAMESPACES:
        return candidates[0]
    if module.startswith("google.protobuf"):
        return "protobuf"
    parts = module.split(".")
    names = ["-".join(parts[:length]) for length in range(len(parts), 1, -1)]
    return next((name for name in names if name in candidates), names[0])


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("acg", declared(*(extra for extra in PROJECT["optional-dependencies"] if extra != "sandbox"))),
        ("components", declared()),
        ("policies", declared()),
        ("acg_sandbox", declared("sandbox")),
        ("bench", pinned()),
        ("tests", pinned()),
    ],
)
def test_what_is_imported_is_declared(folder: str, allowed: set[str]):
    found = distributions(folder)
    assert found
    assert {name: where for name, where in found.items() if name not in allowed} == {}
