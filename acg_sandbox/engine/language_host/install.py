"""What `pulumi install` does for a project in Python: its virtual environment, with its requirements in it."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import grpc

from acg_sandbox.engine.language_host.children import Children


def install(
    home: Path, directory: Path, children: Children, context: grpc.ServicerContext
) -> Iterator[tuple[bytes, bytes]]:
    """Make the virtual environment ``home`` for the project in ``directory``; yield lines of output and of errors.

    One that is there is left as it is: whoever made it keeps it. Fails the call if a step fails.
    """
    python = home / "bin" / "python"
    if python.exists():
        return
    requirements = directory / "requirements.txt"
    steps: list[Sequence[str]] = [(sys.executable, "-m", "venv", str(home))]
    if requirements.exists():
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        steps.append((*pip, "--requirement", str(requirements)))
    yield f"Installing Python packages into {home}\n".encode(), b""
    for step in steps:
        child = children.start(step, cwd=directory, env=os.environ, piped=True)
        children.end_with(context, child)
        output, errors = child.communicate()
        yield output, errors
        if children.wait(child):
            context.abort(grpc.StatusCode.UNKNOWN, f"{' '.join(step[1:])} failed")
