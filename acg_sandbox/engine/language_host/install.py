"""What `pulumi install` does for a project in Python: its virtual environment, with its requirements in it."""

import contextlib
import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import grpc

from acg_sandbox.engine.language_host.children import Children

_MISSING = """\
import sys
from importlib.metadata import PackageNotFoundError, version
for name, pinned in (pin.split("==") for pin in sys.argv[1:]):
    try:
        if version(name) != pinned:
            print(name)
    except PackageNotFoundError:
        print(name)
"""


UNFINISHED = ".unfinished"
"""A file in an environment that is being made, or whose making was interrupted."""


def unfinished(home: Path) -> bool:
    """Whether there is no environment, or the host was ended while it made it."""
    return not (home / "bin" / "python").exists() or (home / UNFINISHED).exists()


def install(
    home: Path, directory: Path, children: Children, context: grpc.ServicerContext
) -> Iterator[tuple[bytes, bytes]]:
    """Make the virtual environment ``home`` for the project in ``directory``; yield lines of output and of errors.

    One that is there and has what the requirements pin is left as it is; of two calls at once the second waits for the
    first. Fails the call if a step fails.
    """
    with _alone(home):
        yield from _install(home, directory, children, context)


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the folder around an environment: a lock that leaves no file in somebody's checkout."""
    folder = home.resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    around = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(around, fcntl.LOCK_EX)
        yield
    finally:
        os.close(around)


def _install(
    home: Path, directory: Path, children: Children, context: grpc.ServicerContext
) -> Iterator[tuple[bytes, bytes]]:
    python = home / "bin" / "python"
    requirements = directory / "requirements.txt"
    steps: list[Sequence[str]] = []
    if not python.exists():
        steps.append((sys.executable, "-m", "venv", str(home)))
    if requirements.exists() and (unfinished(home) or lacks(python, requirements)):
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        steps.append((*pip, "--requirement", str(requirements)))
    if not steps:
        return
    home.mkdir(exist_ok=True)
    (home / UNFINISHED).touch()
    yield f"Installing Python packages into {home}: a minute the first time\n".encode(), b""
    for step in steps:
        child = children.start(step, cwd=directory, env=os.environ, piped=True)
        children.end_with(context, child)
        output, errors = child.communicate()
        yield output, errors
        if children.wait(child):
            context.abort(grpc.StatusCode.UNKNOWN, f"{' '.join(step[1:])} failed")
    (home / UNFINISHED).unlink()


def lacks(python: Path, requirements: Path) -> bool:
    """Whether an environment, made for another part of the checkout or half made, lacks a pinned package."""
    pins = re.findall(r"^[\w.-]+==[\w.]+", requirements.read_text(), re.MULTILINE)
    asked = subprocess.run(  # noqa: S603  # the project's own Python, a program of ours
        [python, "-I", "-c", _MISSING, *pins], capture_output=True, check=False
    )
    return bool(asked.returncode or asked.stdout)
