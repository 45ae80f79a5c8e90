"""What a team sets about the rules, in guardrails.json or as Pulumi's ``--policy-pack-config``.

```json
{
  "all": "mandatory",
  "allowed-regions": {"enforcementLevel": "mandatory", "regions": ["westeurope"]},
  "block-deletion-without-end": "disabled",
  "suppressions": {"enforcementLevel": "advisory", "entries": [
    {"urn": "urn:pulumi:dev::…", "rule": "ACG402", "reason": "…", "until": "2027-06-30"}]}
}
```
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from acg.desired.resource import Suppressed
from acg.rules.meta_rules import EXPIRED, UNUSED
from acg.rules.registry import Rules
from acg.rules.rule import Rule
from acg.rules.setting import Settings

LEVEL = "enforcementLevel"
ALL = "all"
SUPPRESSIONS = "suppressions"
OWN_RULES = "own-rules"
"""Key that names folders with rules of the team's own: ``{"folders": ["rules"]}``, relative to the file."""
LONGEST_PERIOD = 36_500
"""The most days that can be set for a suppression."""
MAXIMUM_DAYS = 366
"""How far ahead the last day of a suppression may lie, where nothing else is set."""
ENVIRONMENTS = "environments"
"""Pulumi's own key, which names where a policy pack gets environment variables from."""


class Level(StrEnum):
    """Pulumi's enforcement levels. It repairs nothing here, so ``remediate`` is as ``mandatory``."""

    DISABLED = "disabled"
    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    REMEDIATE = "remediate"


class Guardrails(NamedTuple):
    """Levels and settings of rules, and suppressions by URN. Empty: every rule has its default level and settings."""

    levels: Mapping[str, Level] = MappingProxyType({})
    values: Mapping[str, Settings] = MappingProxyType({})
    suppressions: Mapping[str, tuple[Suppressed, ...]] = MappingProxyType({})
    """By URN."""
    longest_suppression: int = MAXIMUM_DAYS
    """How many days ahead the last day of a suppression may lie."""
    file: str | None = None

    def level(self, rule: Rule) -> Level:
        """How strictly a rule is taken: as set for it, as set for all, or by default.

        That a rule ended with an error or a suppression cannot be used is always an error. What else there is to say
        about suppressions has the level that is set for them.
        """
        if rule.kind == "meta" and rule not in (EXPIRED, UNUSED):
            return Level.MANDATORY
        given = self.levels.get(SUPPRESSIONS if rule.kind == "meta" else rule.name) or self.levels.get(ALL)
        if given is Level.REMEDIATE:
            return Level.MANDATORY
        return given or default_level(rule)

    def enables(self, rule: Rule) -> bool:
        """Whether a rule is to run."""
        return self.level(rule) is not Level.DISABLED

    def enabled(self, rules: Mapping[str, Rule], *, of_catalog: bool = False) -> list[Rule]:
        """The rules that are on, in the order of their codes; for a catalog without those that are never about one."""
        found = rules.values()
        if isinstance(rules, Rules):
            found = rules.possibly_on(self.levels, guards=ALL in self.levels, of_catalog=of_catalog)
        return sorted(filter(self.enables, found), key=lambda rule: rule.code)

    def settings(self, rule: Rule) -> Settings | None:
        """The settings of a rule; None if it has none."""
        if rule.settings is None:
            return None
        # Defaults are the project's own: there is nothing to validate.
        return self.values.get(rule.name) or rule.settings.model_construct()


def default_level(rule: Rule) -> Level:
    """How strictly a rule is taken if nothing is set: guards not at all, errors stop, warnings are shown."""
    if rule.kind == "guard":
        return Level.DISABLED
    return Level.MANDATORY if rule.severity == "error" else Level.ADVISORY
