"""Which Python runs a program, and in which environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class NoInterpreterError(Exception):
    """The virtual environment that a project names has no Python."""


@dataclass(frozen=True)
class Interpreter:
    """A Python executable and the environment variables that activate what it belongs to."""

    executable: str
    environment: Mapping[str, str]


def interpreter_for(root: str, options: Mapping[str, Any], environment: Mapping[str, str]) -> Interpreter:
    """The Python of `runtime.options.virtualenv`, a path relative to the project.

    Without that option it is the `.venv` that uv and poetry make, otherwise the environment that is activated,
    otherwise the one that runs the embedded Azure.

    Raises:
        NoInterpreterError: the folder that the option names is not a virtual environment.
    """
    if not (folder := options.get("virtualenv") or _usual(root, options, environment)):
        return Interpreter(sys.executable, environment)
    home = Path(root, str(folder))
    executable = home / "bin" / "python"
    if not executable.exists():
        raise NoInterpreterError(
            f"{root}: runtime option virtualenv names {folder!r}, but there is no {executable}.\n"
            f"Fix: make it, with the requirements in it: acg-sandbox exec -- pulumi install --cwd {root}"
        )
    path = os.pathsep.join([str(home / "bin"), environment.get("PATH", os.defpath)])
    activated = {**environment, "VIRTUAL_ENV": str(home), "PATH": path}
    activated.pop("PYTHONHOME", None)
    return Interpreter(str(executable), activated)


def _usual(root: str, options: Mapping[str, Any], environment: Mapping[str, str]) -> str | None:
    own = Path(root, ".venv") if options.get("toolchain") in ("uv", "poetry") else None
    candidates = [str(own) if own else "", environment.get("VIRTUAL_ENV", "")]
    return next((home for home in candidates if home and Path(home, "bin", "python").exists()), None)
