"""The locks name every package with its hashes, say what the requirements say, and agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[1]
PRODUCT, DEVELOPMENT, CHECK = "requirements.lock", "requirements-dev.lock", "requirements-check.txt"
ACTION, REFRESH = "requirements-action.lock", "requirements-refresh.lock"


def pins(*files: str) -> dict[str, str]:
    """The exact versions that files ask for, by canonical name."""
    found: dict[str, str] = {}
    for file in files:
        for line in (CHECKOUT / file).read_text().splitlines():
            if match := re.match(r"([\w.-]+)(?:\[[\w,]+\])?==([^\s;\\]+)", line):
                found[canonicalize_name(match[1])] = match[2]
    return found


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [(PRODUCT, ["requirements.txt"]), (DEVELOPMENT, ["requirements.txt", "requirements-dev.txt"])],
)
def test_a_lock_is_as_new_as_its_requirements(lock: str, requirements: list[str]):
    asked = pins(*requirements)
    assert {name: pins(lock).get(name) for name in asked} == asked, "run `make lock`"


def test_the_locks_agree():
    assert pins(CHECK).items() <= pins(PRODUCT).items() <= pins(DEVELOPMENT).items(), "run `make lock`"


def test_the_action_installs_what_a_light_installation_has_and_jinja():
    assert pins(CHECK).items() < pins(ACTION).items() < pins(DEVELOPMENT).items(), "run `make lock`"
    assert set(pins(ACTION)) - set(pins(CHECK)) == {"jinja2", "markupsafe"}


def test_the_job_that_refreshes_installs_what_reads_azure_and_edits_a_catalog():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    needed = {canonicalize_name(Requirement(line).name) for extra in ("live", "edit") for line in project[extra]}
    assert pins(CHECK).items() < pins(REFRESH).items() < pins(DEVELOPMENT).items(), "run `make lock`"
    assert needed <= set(pins(REFRESH))


def test_a_light_installation_has_what_acg_check_imports():
    assert {"click", "pydantic", "pydantic-core", "pyyaml"} <= set(pins(CHECK))
    assert "pulumi" not in pins(CHECK)


@pytest.mark.parametrize("lock", [PRODUCT, DEVELOPMENT, CHECK, ACTION, REFRESH])
def test_a_lock_holds_nothing_but_versions_and_hashes(lock: str):
    text = re.sub(r"^#.*$", "", (CHECKOUT / lock).read_text(), flags=re.MULTILINE)
    for entry in filter(None, map(str.strip, re.split(r"\n(?=\S)", text))):
        assert re.fullmatch(r"[\w.-]+==\S+(?: ;[^\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+", entry), entry[:200]


def test_the_versions_that_are_tested_satisfy_the_packages_own_requirements():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    extras = (line for extra in project["optional-dependencies"].values() for line in extra)
    asked = [*project["dependencies"], *(line for line in extras if not line.startswith("pulumi-acg["))]
    tested = pins(DEVELOPMENT)
    for requirement in map(Requirement, asked):
        version = tested[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is tested with {version}"
    required = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    assert required == set(pins("requirements.txt"))
