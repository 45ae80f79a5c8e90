"""All rules, found by walking the folders of this package: one folder a family, one file a rule."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from acg.rules.rule import Rule

_GUARDS = "guards"
"""The family of the rules that are off until something is set about them."""

_MACHINES = "usage"
"""The family of the rules about machines, their disks and scale sets, which programs have and catalogs have not."""


class Rules(Mapping[str, Rule]):
    """Every rule by name. A file is called as its rule, so that asking for one imports no other."""

    def __init__(self) -> None:
        """List the files."""
        # Listing folders beats pkgutil, which asks every finder for every name: start-up is part of a sub-second check.
        self._modules = {
            file.stem.replace("_", "-"): f"acg.rules.library.{family.name}.{file.stem}"
            for family in (Path(__file__).parent / "library").iterdir()
            if family.is_dir() and family.name.isidentifier()
            for file in family.iterdir()
            if file.suffix == ".py" and not file.stem.startswith("_")
        }

    def __getitem__(self, name: str) -> Rule:
        return rules_in(self._modules[name])[0]

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._modules)

    def possibly_on(self, levels: Container[str], *, guards: bool = False, of_catalog: bool = False) -> list[Rule]:
        """The rules that may have something to say; no other is even imported.

        Args:
            levels: Names of the rules with a level of their own.
            guards: Whether guards without one are on, too.
            of_catalog: Whether there is nothing but what a catalog declares: no machines.
        """
        found: list[Rule] = []
        for name, module in self._modules.items():
            family = module.split(".")[3]
            if not (of_catalog and family == _MACHINES) and (guards or family != _GUARDS or name in levels):
                found.append(self[name])
        return found

    @cached_property
    def _by_code(self) -> Mapping[str, Rule]:
        return by_name(self[name] for name in self._modules)


@cache
def all_rules() -> Rules:
    """Every rule by name, in the order of the codes."""
    return Rules()


def rules_in(module: str) -> list[Rule]:
    """The rules that a module declares."""
    found = import_module(module)
    return [
        value for value in vars(found).values() if isinstance(value, Rule) and value.check.__module__ == found.__name__
    ]


def by_name(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """Rules by name, in the order of their codes.

    Raises:
        ValueError: if two have one code or one name.
    """
    ordered = sorted(rules, key=lambda rule: rule.code)
    for one, next_one in pairwise(ordered):
        if one.code == next_one.code:
            raise ValueError(f"{one.name} and {next_one.name} both have the code {one.code}")
    named = {rule.name: rule for rule in ordered}
    if len(named) < len(ordered):
        raise ValueError("two rules have one name")
    return MappingProxyType(named)


def find_rule(text: str, rules: Mapping[str, Rule] | None = None) -> Rule | None:
    """The rule of a name or a code, in any case."""
    known = all_rules() if rules is None else rules
    plain = text.strip().lower()
    return known.get(plain) or next((rule for rule in known.values() if rule.code.lower() == plain), None)
