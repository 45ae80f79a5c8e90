"""Rules of the user's own: files in folders that ``ACG_RULES`` names, one rule a file, as in `acg.rules`."""

import os
import sys
from collections.abc import Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from acg.errors import AcgError
from acg.rules import Rule, all_rules
from acg.rules.registry import by_name, rules_in

VARIABLE = "ACG_RULES"
"""Environment variable with folders, separated as in ``PATH``. They are given whole: a pack runs in its own folder."""

_PACKAGE = "acg_own_rules"


class OwnRulesError(AcgError):
    """A folder of rules cannot be used; the message says which file, why, and how to fix it."""


def known_rules() -> Mapping[str, Rule]:
    """Our rules and the user's, by name, in the order of their codes.

    Raises:
        OwnRulesError: a folder does not exist, a file is no rule, or two rules have one code or one name.
    """
    folders = [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]
    if not folders:
        return all_rules()
    own = [rule for folder in folders for rule in _rules_of(folder)]
    try:
        return by_name([*all_rules().values(), *own])
    except ValueError as error:
        raise OwnRulesError(f"{error}.\nFix: give your rule another one; codes from ACG950 on are yours.") from error


def _rules_of(folder: Path) -> Iterator[Rule]:
    if not folder.is_absolute() or not folder.is_dir():
        raise OwnRulesError(f"{VARIABLE} names {folder}, which is no folder.\nFix: give the whole path of one.")
    for file in sorted(folder.glob("[!_]*.py")):
        name = f"{_PACKAGE}.{folder.name}.{file.stem}"
        _load(name, file)
        found = list(rules_in(name))
        if not found:
            raise OwnRulesError(f"{file} declares no rule.\nFix: begin the name of a helper with an underscore.")
        yield from found


def _load(name: str, file: Path) -> None:
    spec = spec_from_file_location(name, file)
    assert spec is not None  # noqa: S101  # a file that ends with .py has a loader
    assert spec.loader is not None  # noqa: S101
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise OwnRulesError(f"{file} cannot be loaded: {type(error).__name__}: {error}.\nFix: correct it.") from error
