"""What every suite needs: where to run, how to say what happened, and environments of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parents[2] / ".clients"
"""Where the environments stay from run to run."""

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "sandbox.md"


class MissingRuntimeError(Exception):
    """A client that cannot run on this machine; the message says what it lacks."""


@dataclass(frozen=True)
class Outcome:
    """One operation of a client, and what was wrong with it; nothing: it passed."""

    operation: str
    problem: str = ""


@dataclass(frozen=True)
class Place:
    """Where a suite runs: a folder of its own, and what ``acg-sandbox env`` exports."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, command: Sequence[str | Path], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command of the client, whatever it ends with."""
        return subprocess.run(command, env=dict(self.environment), cwd=cwd, capture_output=True, text=True, check=False)

    def outcomes(self, command: Sequence[str | Path], cwd: Path) -> Iterator[Outcome]:
        """Run a program that prints a line of JSON for each operation."""
        run = self.run(command, cwd)
        for line in run.stdout.splitlines():
            yield Outcome(**json.loads(line))
        if run.returncode:
            yield Outcome("the program ends well", f"it ended with {run.returncode}: {run.stderr.strip()[-600:]}")


def require(*programs: str) -> None:
    """Raise MissingRuntimeError unless these programs are on PATH."""
    for program in programs:
        if shutil.which(program) is None:
            raise MissingRuntimeError(f"{program} is not on PATH")


def prepare(command: Sequence[str | Path], cwd: Path, **environment: str) -> None:
    """Fetch what a suite needs, with the machine's own settings.

    Raises:
        MissingRuntimeError: it cannot be had.
    """
    run = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if run.returncode:
        words = " ".join(str(word) for word in command)
        last = (run.stderr.strip() or run.stdout.strip() or "no output").splitlines()[-1]
        raise MissingRuntimeError(f"{words} failed: {last}")


def python_environment(package: str, *, oldest: tuple[int, int] = (3, 11), then: str = "") -> Path:
    """The folder of commands of an environment that has a package.

    ``then`` is a file of requirements inside it, below ``site-packages``, which are installed too.

    Raises:
        MissingRuntimeError: no Python on PATH or in pyenv is as new as ``oldest``, or the package cannot be had.
    """
    folder = HOME / package.replace("==", "-")
    if not (folder / "installed").exists():
        python = _python(oldest)
        print(f"Installing {package} into {folder}", file=sys.stderr)
        prepare((python, "-m", "venv", "--clear", folder), HERE)
        pip = (folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check")
        prepare((*pip, package), folder)
        if then:
            [requirements] = folder.glob(f"lib/*/site-packages/{then}")
            prepare((*pip, "-r", requirements), folder)
        (folder / "installed").touch()
    return folder / "bin"


def _python(oldest: tuple[int, int]) -> str:
    newer = f"import sys; sys.exit(sys.version_info < {oldest})"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    beside = sorted(map(str, pyenv.glob("versions/3.*/bin/python3")))
    for python in (sys.executable, "python3.14", "python3.13", "python3.12", *beside):
        there = shutil.which(python)
        if there and subprocess.run([there, "-c", newer], capture_output=True, check=False).returncode == 0:
            return there
    raise MissingRuntimeError(f"no Python {oldest[0]}.{oldest[1]} or newer on PATH or in pyenv")


def copied(name: str) -> Path:
    """A copy of a suite's sources beside the environments, where its packages are put."""
    folder = HOME / name
    shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
    return folder
