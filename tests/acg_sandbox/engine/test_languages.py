"""Where the host of Pulumi YAML comes from, told with scripts in place of the real programs."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from acg_sandbox.engine.languages import YAML, written_in_yaml
from acg_sandbox.engine.version import YAML_VERSION
from tests.acg_sandbox.engine.test_find import Machine


class YamlMachine(Machine):
    """A machine that is asked for the host of Pulumi YAML, too."""

    arguments = ("yaml",)

    @property
    def host(self) -> Path:
        return self.cached / YAML


@pytest.fixture
def machine(tmp_path: Path) -> YamlMachine:
    return YamlMachine(tmp_path)


def test_it_is_built_once_beside_the_cli_and_then_found(machine: YamlMachine):
    machine.add_go()
    code, output, errors = machine.find()
    assert (code, output) == (0, str(machine.cached / "pulumi"))
    assert f"Building the language host {YAML_VERSION} of Pulumi YAML from Go modules" in errors
    assert machine.host.read_text() == (machine.cached / "pulumi").read_text()
    assert len(machine.builds) == 2
    (machine.path / "go").unlink()
    assert machine.find() == (0, str(machine.cached / "pulumi"), "")


def test_a_cli_that_is_there_is_not_built_again_for_it(machine: YamlMachine):
    machine.add_go()
    machine.arguments = ()
    machine.find()
    assert not machine.host.exists()
    machine.arguments = ("yaml",)
    assert machine.find()[0] == 0
    assert len(machine.builds) == 2


def _not_the_same(host: Path) -> None:
    host.write_text("#!/bin/sh\necho FAKE\n")


def _gone(host: Path) -> None:
    host.unlink()


def _writable(host: Path) -> None:
    host.chmod(0o777)


@pytest.mark.parametrize("change", [_not_the_same, _gone, _writable])
def test_one_that_others_may_have_changed_is_built_anew(machine: YamlMachine, change: Callable[[Path], None]):
    machine.add_go()
    machine.find()
    change(machine.host)
    assert machine.find()[0] == 0
    assert "built" in machine.host.read_text()
    assert len(machine.builds) == 3


def test_two_at_once_build_it_once(machine: YamlMachine):
    machine.add_go(build="sleep 0.5")
    with machine.start() as first, machine.start() as second:
        codes = [(process.communicate(timeout=60), process.returncode)[1] for process in (first, second)]
    assert codes == [0, 0]
    assert len(machine.builds) == 2


@pytest.mark.parametrize("beside", [True, False])
def test_a_release_on_path_has_it_or_is_refused(machine: YamlMachine, beside: bool):
    machine.add_pulumi("3.260.0")
    if beside:
        machine.add(YAML, "#!/bin/sh\n")
    machine.add_go()
    code, output, errors = machine.find()
    assert not machine.builds
    if beside:
        assert (code, output, errors) == (0, str(machine.path / "pulumi"), "")
        return
    assert code == 2
    assert f"there is no {YAML}, which runs this project's program: {machine.path}/pulumi" in errors
    assert "Fix: " in errors


def test_without_go_the_reason_is_said(machine: YamlMachine):
    machine.add_go()
    machine.arguments = ()
    machine.find()
    machine.arguments = ("yaml",)
    (machine.path / "go").unlink()
    code, _, errors = machine.find()
    assert code == 2
    assert f"error: there is no {YAML}, which runs this project's program: there is no `go` on PATH" in errors
    assert "Traceback" not in errors


def test_a_command_that_may_not_need_it_runs_without_it(machine: YamlMachine, tmp_path: Path):
    machine.add_pulumi("3.260.0")
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: a\nruntime: yaml\n")
    ran = subprocess.run(
        [sys.executable, "-m", "acg_sandbox", "exec", "--", "sh", "-c", "echo ran"],
        cwd=project,
        env=machine.environment({}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stdout) == (0, "ran\n")
    assert f"acg-sandbox: there is no {YAML}, which runs this project's program" in ran.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: a\nruntime: yaml\n", True),
        ("name: a\nruntime: {name: yaml, options: {}}\n", True),
        ("name: a\nruntime: python\n", False),
        ("name: a\nruntime: {name: python}\n", False),
        ("name: a\n", False),
        ("- runtime: yaml\n", False),
        ("runtime: [\n", False),
        (None, False),
    ],
)
def test_the_project_says_whether_it_is_written_in_yaml(tmp_path: Path, text: str | None, expected: bool):
    if text is not None:
        (tmp_path / "Pulumi.yaml").write_text(text)
    assert written_in_yaml(tmp_path) is expected
