"""The words of the Makefile, and what it asks of a machine."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
TARGETS = ("up", "preview", "destroy", "test", "test-clients", "lint", "bench", "lock")


def make(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # beneath `make test`, make would speak as a make within a make
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=folder, env=own, capture_output=True, text=True, check=False)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", "requirements-dev.lock"):
        shutil.copy(CHECKOUT / name, tmp_path)
    shutil.copytree(CHECKOUT / ".ci", tmp_path / ".ci")
    return tmp_path


def python(folder: Path, name: str, version: str, *, new_enough: bool) -> str:
    """A script that says it is some version of Python."""
    script = folder / name
    script.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" && exit\nexit {int(not new_enough)}\n'
    )
    script.chmod(0o755)
    return f"./{name}"


def test_make_alone_says_what_there_is_in_a_line_each():
    lines = make(CHECKOUT).stdout.splitlines()
    assert {words[1] for words in map(str.split, lines)} == {"help", *TARGETS}
    assert all(re.fullmatch(r"make [\w-]+ +\w.{10,90}", line) for line in lines)


def test_an_old_python_is_refused_by_its_version(clone: Path):
    candidates = [python(clone, "old", "3.9.6", new_enough=False), python(clone, "older", "3.8.1", new_enough=False)]
    refused = make(clone, "up", f"PYTHON={' '.join(candidates)}")
    assert refused.returncode != 0
    assert (
        "error: this project needs Python 3.11 or newer, ./old is Python 3.9.6, ./older is Python 3.8.1."
        in refused.stderr
    )
    assert "Fix: install one, or name one: make PYTHON=" in refused.stderr
    assert not (clone / ".venv").exists()


def test_an_old_virtual_environment_is_refused(clone: Path):
    (clone / ".venv" / "bin").mkdir(parents=True)
    python(clone / ".venv" / "bin", "python", "3.10.2", new_enough=False)
    refused = make(clone, "up")
    assert refused.returncode != 0
    assert "error: .venv has Python 3.10.2; this project needs Python 3.11 or newer." in refused.stderr
    assert "Fix: delete .venv and run make again." in refused.stderr


def test_packages_are_installed_again_only_when_the_lock_changes(clone: Path):
    (clone / ".venv" / "bin").mkdir(parents=True)
    fake = clone / ".venv" / "bin" / "python"
    fake.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "$@" >> asked\n')
    fake.chmod(0o755)
    make(clone, ".venv/installed")
    asked = (clone / "asked").read_text().splitlines()
    assert asked[0] == ".ci/packages.py requirements-dev.lock"
    assert asked[1].endswith("--no-deps --no-build-isolation --editable .")
    make(clone, ".venv/installed")
    assert (clone / "asked").read_text().splitlines() == asked
    later = time.time() + 2
    os.utime(clone / "requirements-dev.lock", (later, later))
    make(clone, ".venv/installed")
    assert len((clone / "asked").read_text().splitlines()) == 4


def test_packages_with_another_hash_are_not_installed_and_pip_says_which(tmp_path: Path):
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    wheel = tmp_path / "wheels" / "tiny-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    hashes = {"wrong": "0" * 64, "right": hashlib.sha256(wheel.read_bytes()).hexdigest()}
    results: dict[str, subprocess.CompletedProcess[str]] = {}
    for name, sha256 in hashes.items():
        lock = tmp_path / name
        lock.write_text(f"tiny==1.0 \\\n    --hash=sha256:{sha256}\n")
        results[name] = subprocess.run(
            [environment / "bin" / "python", CHECKOUT / ".ci" / "packages.py", lock],
            env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert results["wrong"].returncode != 0
    assert "tiny==1.0" in results["wrong"].stderr
    assert results["right"].returncode == 0, results["right"].stderr
    first, *_, last = results["right"].stdout.splitlines()
    assert first == f"Installing 1 Python packages into {environment}"
    assert last.startswith("  done in ")


def test_ci_runs_the_linters_and_the_tests():
    lines = (CHECKOUT / ".ci" / "run").read_text().splitlines()
    assert lines[-2:] == ["make lint", "make test PYTEST=--durations=10"]


def test_a_browser_is_demanded_only_where_one_was_installed(tmp_path: Path):
    script = (CHECKOUT / ".ci" / "run").read_text().replace('cd "$(dirname "$0")/.."', f"cd {tmp_path}")
    (tmp_path / "run").write_text(script)
    (tmp_path / "bin").mkdir()

    def command(name: str, body: str) -> None:
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / "bin" / name).chmod(0o755)

    def ran() -> "subprocess.CompletedProcess[str]":
        path = {"PATH": str(tmp_path / "bin")}
        return subprocess.run([bash, tmp_path / "run"], env=path, capture_output=True, text=True, check=False)

    bash = str(shutil.which("bash"))
    command("make", 'echo "$1 browser=$ACG_REQUIRE_BROWSER"')
    command("id", "echo 1000")
    assert ran().stdout == "lint browser=\ntest browser=\n"
    command("id", "echo 0")
    assert ran().stdout == "lint browser=\ntest browser=\n"  # no apt-get
    command("apt-get", "exit 1")
    assert ran().returncode != 0
    command("apt-get", f"echo apt-get $1; : > {tmp_path}/bin/chromium")
    assert "apt-get install" in ran().stdout
    assert ran().stdout.endswith("lint browser=1\ntest browser=1\n")


def test_catalogs_of_similar_paths_have_an_embedded_azure_each(clone: Path):
    def state(catalog: str) -> str:
        [found] = set(re.findall(r"[.]sandboxes/[^'/ ]+", make(clone, "-n", "up", f"CATALOG={catalog}").stdout))
        return found

    assert len({state(catalog) for catalog in ("a/b", "a-b", "a b", "ä/b")}) == 4
    assert state("a/b") == state("a/b")
