"""What was reviewed against what is about to happen, definition by definition."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from acg.errors import InputError, Problem
from acg.input_file import InputFileError, read_json
from acg.preview.model import Expected


def read_digests(path: Path) -> dict[str, str]:
    """The digests of a plan that `acg plan --format json` wrote.

    Raises:
        InputError: The file cannot be read, or is no plan.
    """
    try:
        document = read_json(path)
    except InputFileError as error:
        raise InputError([error.problem("ACG001", path)]) from None
    digests = document.get("digests") if isinstance(document, dict) else None
    if not isinstance(digests, dict) or not all(isinstance(one, str) for one in digests.values()):
        fix = "Give the file that `acg plan --format json` writes."
        raise InputError([Problem("ACG001", "is no plan: it has no digests of definitions", fix, file=str(path))])
    return digests


def compare(reviewed: Mapping[str, str], now: Mapping[str, str], allowed: Mapping[str, str]) -> tuple[Expected, ...]:
    """Where both differ.

    Args:
        reviewed: Digests of the plan that somebody approved.
        now: Digests of what is about to happen.
        allowed: Reasons of the exceptions that somebody makes, by definition.
    """
    found: list[Expected] = []
    for definition in sorted({*reviewed, *now}):
        if definition not in now:
            found.append(Expected(definition, "done"))
        elif definition not in reviewed:
            found.append(Expected(definition, "unexpected", allowed.get(definition)))
        elif reviewed[definition] != now[definition]:
            found.append(Expected(definition, "differs", allowed.get(definition)))
    return tuple(found)
