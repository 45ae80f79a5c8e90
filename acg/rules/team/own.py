"""Rules of a team's own: files in folders, one rule a file, written as those in `acg.rules.library`."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from acg.errors import InputError, Problem
from acg.rules.registry import all_rules, by_name, rules_in
from acg.rules.rule import Rule

VARIABLE = "ACG_RULES"
"""Environment variable with folders, separated as in ``PATH``; whole paths, as a pack runs in its own folder."""

OWN_RULES_PROBLEM = "ACG023"
"""Code of the problem that a folder cannot be used, whatever settings hold."""

_PACKAGE = "acg_own_rules"


class OwnRulesError(InputError):
    """A folder of rules cannot be used; carries which file, why, and how to fix it."""

    def __init__(self, message: str, fix: str, file: Path | None = None) -> None:
        super().__init__([Problem(OWN_RULES_PROBLEM, message, fix, file=str(file) if file else None)])


def environment_folders() -> list[Path]:
    """The folders that ``ACG_RULES`` names."""
    return [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]


def with_own_rules(folders: Iterable[Path]) -> Mapping[str, Rule]:
    """Our rules and those in folders, by name, in the order of their codes.

    Raises:
        OwnRulesError: a folder does not exist, a file is no rule, or two rules have one code or one name.
    """
    own = [rule for folder in dict.fromkeys(folders) for rule in _rules_of(folder)]
    if not own:
        return all_rules()
    try:
        return by_name([*all_rules().values(), *own])
    except ValueError as error:
        raise OwnRulesError(str(error), "Give your rule another one; codes from ACG950 on are yours.") from error


def _rules_of(folder: Path) -> Iterator[Rule]:
    if not folder.is_absolute() or not folder.is_dir():
        raise OwnRulesError(f"{folder} holds no rules: there is no such folder", "Give the whole path of one.")
    for file in sorted(folder.glob("[!_]*.py")):
        name = f"{_PACKAGE}.{folder.name}.{file.stem}"
        _load(name, file)
        found = list(rules_in(name))
        if not found:
            raise OwnRulesError("declares no rule", "Begin the name of a helper with an underscore.", file)
        yield from found


def _load(name: str, file: Path) -> None:
    spec = spec_from_file_location(name, file)
    assert spec is not None, "a file that ends with .py has a loader"  # noqa: S101
    assert spec.loader is not None, "and its loader is Python's"  # noqa: S101
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        cause = f"cannot be loaded: {type(error).__name__}: {error}"
        raise OwnRulesError(cause, "Correct the error in this file.", file) from error
