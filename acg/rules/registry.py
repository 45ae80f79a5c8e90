"""All rules, found by walking the folders of this package: one folder a family, one file a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from acg.rules.facts import Rule

NOT_FAMILIES = frozenset({"views"})


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name, in the order of the codes."""
    # Listing folders beats pkgutil, which asks every finder for every name: start-up is part of a sub-second check.
    here = Path(__file__).parent
    modules = (
        f"acg.rules.{family.name}.{file.stem}"
        for family in here.iterdir()
        if family.is_dir() and family.name.isidentifier() and family.name not in NOT_FAMILIES
        for file in family.iterdir()
        if file.suffix == ".py" and not file.stem.startswith("_")
    )
    return by_name(rule for module in modules for rule in rules_in(module))


def rules_in(module: str) -> Iterable[Rule]:
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
