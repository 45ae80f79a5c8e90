"""The words of the Makefile, and what it asks of a machine."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
TARGETS = ("up", "preview", "destroy", "test", "lint", "bench")


def make(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # beneath `make test`, make would speak as a make within a make
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=folder, env=own, capture_output=True, text=True, check=False)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(CHECKOUT / name, tmp_path)
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
    assert all(re.fullmatch(r"make \w+ +\w.{10,90}", line) for line in lines)


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


def test_packages_are_installed_again_only_when_the_requirements_change(clone: Path):
    (clone / ".venv" / "bin").mkdir(parents=True)
    python(clone / ".venv" / "bin", "python", "3.12.0", new_enough=True)
    assert "Installing" in make(clone, ".venv/installed").stdout
    assert "Installing" not in make(clone, ".venv/installed").stdout
    later = time.time() + 2
    os.utime(clone / "requirements.txt", (later, later))
    assert "Installing" in make(clone, ".venv/installed").stdout


def test_ci_runs_the_linters_and_the_tests():
    lines = (CHECKOUT / ".ci" / "run").read_text().splitlines()
    assert lines[-2:] == ["make lint", "make test"]
