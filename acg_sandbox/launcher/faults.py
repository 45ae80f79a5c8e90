"""Let an embedded Azure fail on request: faults as they are written on a command line."""

import contextlib
from pathlib import Path
from typing import Any

from acg_sandbox.arm import KINDS, FaultError, add_fault, list_faults
from acg_sandbox.launcher.errors import LauncherError


def arm_fault(state: Path, kind: str, settings: tuple[str, ...]) -> int:
    """Arm a fault, its settings given as NAME=VALUE; give its number.

    Raises:
        LauncherError: the fault makes no sense.
    """
    spec: dict[str, Any] = {"fault": kind}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise LauncherError(f"{setting!r} is not NAME=VALUE.\nFix: write it like times=3.")
        spec[name] = _value(value)
    try:
        return add_fault(state, spec)
    except FaultError as error:
        raise LauncherError(f"{kind}: {error}.\nFix: `acg-sandbox fault kinds` lists what there is.") from error


def fault_lines(state: Path) -> list[str]:
    """A line per fault: its number, kind and settings, how many calls it was about and how many it struck."""
    lines: list[str] = []
    for fault in list_faults(state):
        shown = {
            name: value for name, value in fault.items() if name not in ("id", "fault", "calls", "fired") and value
        }
        settings = " ".join(f"{name}={value}" for name, value in shown.items())
        lines.append(f"{fault['id']}  {fault['fault']}  struck {fault['fired']} of {fault['calls']} calls  {settings}")
    return lines


def kinds() -> str:
    """The kinds of faults, a line each."""
    width = max(map(len, KINDS))
    return "\n".join(f"  {kind:{width}}  {what}" for kind, what in KINDS.items())


def _value(text: str) -> object:
    for number in (int, float):
        with contextlib.suppress(ValueError):
            return number(text)
    return text
