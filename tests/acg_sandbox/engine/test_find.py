"""Where the CLI comes from, told with scripts in place of the real programs."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from acg_sandbox.engine.build import LANGUAGE_HOST
from acg_sandbox.engine.cache import NOTE
from acg_sandbox.engine.version import CLI_VERSION

CHECKOUT = Path(__file__).parents[3]

GO = """\
#!/bin/sh
case "$1 $2" in
  "env GOVERSION") echo "go{version}" ;;
  "env GOTOOLCHAIN") echo "{toolchain}" ;;
  "list -m") echo "$HOME/sdk" ;;
  "build -v")
    echo "$GOFLAGS" >> "$HOME/builds"
    echo "go: downloading github.com/a/b v1.0.0" >&2
    echo "github.com/a/b/internal" >&2
    {build}
    while [ "$1" != "-o" ]; do shift; done
    printf '#!/bin/sh\\necho built\\n' > "$2"; chmod +x "$2" ;;
esac
"""


class Machine:
    """A home with nothing in it, and a PATH of its own."""

    arguments: tuple[str, ...] = ()
    """What the module that is run is given."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.path = folder / "bin"
        executor = self.home / "sdk" / "python" / "cmd" / "pulumi-language-python-exec"
        executor.parent.mkdir(parents=True)
        executor.write_text("# runs programs\n")
        self.path.mkdir()
        for name in ("sh", "sleep", "chmod"):
            (self.path / name).symlink_to(shutil.which(name) or "")

    @property
    def cached(self) -> Path:
        return self.home / ".cache" / "pulumi-acg" / "engine" / CLI_VERSION / "bin"

    @property
    def builds(self) -> list[str]:
        log = self.home / "builds"
        return log.read_text().splitlines() if log.exists() else []

    def add(self, name: str, script: str) -> None:
        (self.path / name).write_text(script)
        (self.path / name).chmod(0o755)

    def add_go(self, version: str = "1.99.0", toolchain: str = "local", build: str = "") -> None:
        self.add("go", GO.format(version=version, toolchain=toolchain, build=build))

    def add_pulumi(self, version: str, *, language_host: bool = True) -> None:
        self.add("pulumi", f"#!/bin/sh\necho v{version}\n")
        if language_host:
            self.add("pulumi-language-python", "#!/bin/sh\n")

    def start(self, **environment: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "acg_sandbox.engine", *self.arguments],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment(environment),
        )

    def find(self, **environment: str) -> tuple[int, str, str]:
        with self.start(**environment) as process:
            output, errors = process.communicate(timeout=60)
        return process.returncode, output.strip(), errors

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        unreachable = "http://127.0.0.1:9"  # a download is refused at once, also on a machine with internet
        return {"HOME": str(self.home), "PATH": str(self.path), "https_proxy": unreachable, **more}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("version", [CLI_VERSION, "3.260.1", "4.0.0", "3.300.0-alpha.1"])
def test_a_recent_pulumi_on_path_comes_first(machine: Machine, version: str):
    machine.add_pulumi(version)
    machine.add_go()
    assert machine.find() == (0, str(machine.path / "pulumi"), "")
    assert not machine.builds


@pytest.mark.parametrize("version", ["3.258.9", "2.400.0", "not a version"])
def test_an_old_pulumi_on_path_is_passed_over(machine: Machine, version: str):
    machine.add_pulumi(version)
    machine.add_go()
    assert machine.find()[:2] == (0, str(machine.cached / "pulumi"))


def test_a_pulumi_without_a_python_language_host_is_passed_over(machine: Machine):
    machine.add_pulumi(CLI_VERSION, language_host=False)
    machine.add_go()
    assert machine.find()[:2] == (0, str(machine.cached / "pulumi"))


def test_what_was_built_once_is_found_the_next_time(machine: Machine):
    machine.add_go()
    assert machine.find()[0] == 0
    (machine.path / "go").unlink()
    assert machine.find() == (0, str(machine.cached / "pulumi"), "")
    assert len(machine.builds) == 1


def _not_the_same(machine: Machine) -> None:
    (machine.cached / "pulumi").write_text("#!/bin/sh\necho FAKE\n")


def _without_a_note(machine: Machine) -> None:
    (machine.cached.parent / NOTE).unlink()


def _writable_folder(machine: Machine) -> None:
    machine.cached.chmod(0o777)


def _writable_file(machine: Machine) -> None:
    (machine.cached / "pulumi").chmod(0o777)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_not_the_same, "is not the file that was put there"),
        (_without_a_note, "its hashes, cannot be read"),
        (_writable_folder, "others may write to it"),
        (_writable_file, "others may write to it"),
    ],
)
def test_a_cached_cli_that_others_may_have_changed_is_replaced(
    machine: Machine, change: Callable[[Machine], None], reason: str
):
    machine.add_go()
    machine.find()
    change(machine)
    (machine.path / "go").rename(machine.path / "gone")
    code, _, errors = machine.find()
    assert code == 2
    assert reason in errors
    (machine.path / "gone").rename(machine.path / "go")
    assert machine.find()[:2] == (0, str(machine.cached / "pulumi"))
    assert "built" in (machine.cached / "pulumi").read_text()
    assert len(machine.builds) == 2


def test_a_cache_in_a_folder_that_others_may_write_to_is_not_used(machine: Machine):
    machine.add_go()
    machine.cached.parents[1].mkdir(parents=True)
    machine.cached.parents[1].chmod(0o777)
    code, _, errors = machine.find()
    assert code == 2
    assert f"{machine.cached.parents[1]} is not used: others may write to it (mode 0777)" in errors
    assert "XDG_CACHE_HOME" in errors
    assert not machine.builds


def test_what_a_killed_process_left_in_the_cache_is_swept(machine: Machine):
    machine.add_go()
    left = machine.cached.parents[1] / f".new-{CLI_VERSION}-abc" / "root"
    left.mkdir(parents=True, mode=0o700)
    for folder in (machine.cached.parents[1], machine.cached.parents[2]):
        folder.chmod(0o700)
    assert machine.find()[0] == 0
    assert not left.exists()


def test_the_cache_is_where_the_user_wants_it(machine: Machine, tmp_path: Path):
    machine.add_go()
    expected = tmp_path / "elsewhere" / "pulumi-acg" / "engine" / CLI_VERSION / "bin" / "pulumi"
    assert machine.find(XDG_CACHE_HOME=str(tmp_path / "elsewhere"))[1] == str(expected)


def test_a_build_puts_the_language_host_beside_the_cli(machine: Machine):
    machine.add_go()
    machine.find()
    assert (machine.cached / "pulumi-language-python").read_text() == LANGUAGE_HOST
    assert (machine.cached / "pulumi-language-python-exec").read_text() == "# runs programs\n"
    assert all(os.access(file, os.X_OK) for file in machine.cached.iterdir())


def test_the_language_host_says_where_it_can_be_used(machine: Machine):
    machine.add_go()
    machine.find()
    host = subprocess.run([machine.cached / "pulumi-language-python"], capture_output=True, text=True, check=False)
    assert host.returncode == 1
    assert "acg-sandbox exec" in host.stderr


def test_a_build_in_a_pipe_says_what_it_does_in_plain_lines(machine: Machine):
    machine.add_go()
    errors = machine.find()[2]
    download, impossible, title, done = errors.splitlines()
    assert download == f"Downloading the Pulumi CLI {CLI_VERSION}: once per machine"
    assert impossible.startswith("  not possible: https://github.com/pulumi/pulumi/releases/download/")
    assert title == f"Building the Pulumi CLI {CLI_VERSION} from Go modules: about 3 minutes, once per machine"
    assert done.startswith("  done in ")


def test_the_users_build_settings_do_not_count(machine: Machine):
    machine.add_go()
    machine.find(GOFLAGS="-mod=vendor", GOWORK="/somewhere/go.work")
    assert machine.builds == ["-mod=readonly"]


def test_two_at_once_build_once(machine: Machine):
    machine.add_go(build="sleep 0.5")
    with machine.start() as first, machine.start() as second:
        outputs = [process.communicate(timeout=60) for process in (first, second)]
    assert [output.strip() for output, _ in outputs] == [str(machine.cached / "pulumi")] * 2
    assert len(machine.builds) == 1
    assert any("Waiting for another process" in errors for _, errors in outputs)


def test_an_interrupted_build_leaves_nothing_that_looks_like_a_cli(machine: Machine):
    machine.add_go(build="sleep 600")
    with machine.start() as process:
        deadline = time.monotonic() + 20
        while not machine.builds:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    assert sorted(path.name for path in machine.cached.parents[1].iterdir()) == [f"{CLI_VERSION}.lock"]
    machine.add_go()
    assert machine.find()[0] == 0


def test_without_any_way_to_a_cli_all_four_are_named_with_their_reasons(machine: Machine):
    code, output, errors = machine.find()
    assert (code, output) == (2, "")
    message = errors[errors.index("error: ") :]
    assert message.startswith(f"error: no Pulumi CLI {CLI_VERSION} or newer is to be had:\n")
    numbered = [line for line in message.splitlines() if line.startswith("  ")]
    assert [line[:5] for line in numbered] == ["  1. ", "  2. ", "  3. ", "  4. "]
    assert "`pulumi` on PATH: there is none" in numbered[0]
    assert f"there is none in {machine.cached.parent}" in numbered[1]
    assert f"the official release {CLI_VERSION}: " in numbered[2]
    assert "there is no `go` on PATH" in numbered[3]
    assert "Fix: " in errors
    assert "Traceback" not in errors


def test_a_failing_build_ends_with_what_go_said(machine: Machine):
    machine.add_go(build='echo "verifying module: checksum mismatch" >&2; exit 1')
    code, _, errors = machine.find()
    assert code == 2
    assert "`go build` failed:\n       verifying module: checksum mismatch" in errors
