"""Which Go can build the CLI, and what it is built from."""

import re
from pathlib import Path

import pytest

from acg_sandbox.engine.build import CLI, YAML_HOST, Tool, find_go, required_go
from acg_sandbox.engine.errors import BuildError
from acg_sandbox.engine.version import CLI_VERSION, YAML_VERSION
from tests.acg_sandbox.engine.test_find import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize(
    ("version", "toolchain", "builds"),
    [
        ("1.25.11", "local", True),
        ("1.26.0", "local", True),
        ("1.25.10", "local", False),
        ("1.9", "auto", False),
        ("1.20.14", "auto", False),
        ("1.21.0", "auto", True),
        ("1.24.1", "path", False),
    ],
)
def test_go_must_be_new_enough_or_able_to_fetch_what_is(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, version: str, toolchain: str, builds: bool
):
    machine.add_go(version, toolchain)
    monkeypatch.setenv("PATH", str(machine.path))
    if builds:
        assert find_go() == str(machine.path / "go")
        return
    with pytest.raises(BuildError) as refused:
        find_go()
    needed = required_go()
    assert str(refused.value) == (
        f"{machine.path}/go is go{version} (GOTOOLCHAIN={toolchain}); Go {needed} or newer is needed"
    )


@pytest.mark.parametrize(
    ("tool", "module", "releases"),
    [
        (CLI, "github.com/pulumi/pulumi/(?:pkg|sdk)/v3", [CLI_VERSION] * 2),
        (YAML_HOST, "github.com/pulumi/pulumi-yaml", [YAML_VERSION]),
    ],
    ids=["cli", "yaml"],
)
def test_the_module_pins_the_same_release(tool: Tool, module: str, releases: list[str]):
    pinned = (tool.module / "go.mod").read_text()
    assert re.findall(rf"^\s*{module} v(\S+)", pinned, re.M) == releases
    assert re.search(rf"^tool {tool.package}$", pinned, re.M)
    assert (tool.module / "go.sum").exists()
