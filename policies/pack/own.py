"""Rules of the user's own: files in folders that ``ACG_RULES`` names, one rule a file, as in `acg.rules`."""

import os
import sys
from collections.abc import Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from acg.rules import Rule, all_rules
from acg.rules.registry import by_name, rules_in

VARIABLE = "ACG_RULES"
"""Environment variable with folders, separated as in ``PATH``. Relative ones count from the working directory, which
for a pack is its own folder: give whole paths."""

_PACKAGE = "acg_own_rules"


def known_rules() -> Mapping[str, Rule]:
    """Our rules and the user's, by name, in the order of their codes.

    Raises:
        ValueError: a folder does not exist, a file declares no rule, or two rules have one code or one name.
    """
    folders = [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]
    if not folders:
        return all_rules()
    return by_name([*all_rules().values(), *(rule for folder in folders for rule in _rules_of(folder))])


def _rules_of(folder: Path) -> Iterator[Rule]:
    if not folder.is_dir():
        raise ValueError(f"{VARIABLE} names {folder}, which is no folder; give its whole path")
    for file in sorted(folder.glob("[!_]*.py")):
        name = f"{_PACKAGE}.{folder.name}.{file.stem}"
        spec = spec_from_file_location(name, file)
        if spec is None or spec.loader is None:
            raise ValueError(f"{file} cannot be read as Python")
        module = sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(module)
        found = list(rules_in(name))
        if not found:
            raise ValueError(f"{file} declares no rule; a name that begins with _ marks a file that is not one")
        yield from found
