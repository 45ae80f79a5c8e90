"""Write docs/rules.md: every rule with its reason, its settings and its examples.

Run as ``python -m acg.rules.docs > docs/rules.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby

from acg.rules.guardrails import default_level
from acg.rules.meta_rules import META_RULES
from acg.rules.registry import all_rules
from acg.rules.rule import Rule
from acg.rules.setting import described

INTRODUCTION = """\
<!-- Written by `python -m acg.rules.docs > docs/rules.md` from the rules themselves. -->
# Rules

What Azure refuses, and what a team may forbid, before any call is made: in the components, in the policy pack, in
`acg check` and in previews. **azure** rules are about the service; **guard** rules are a team's choice and off until
`guardrails.json` gives them an enforcement level. A rule that needs a value which is known only after deployment is
reported as undecided, never as passed.

`guardrails.json` beside `Pulumi.yaml` sets levels: by rule `"disabled"`, `"advisory"` (a warning), `"mandatory"` (an
error), or an object with `enforcementLevel` and the rule's settings; see [policies.md](policies.md). The levels below
are those of rules that it does not name. Some rules are about what Azure refuses only at creation. They are mandatory
for resources that are known to be new, which a plan knows, and advisory wherever that is not known: in `acg check`, in
components and in the policy pack.

A resource may break a rule for a while: `suppress: [{rule: ACG402, reason: …, until: 2027-06-30}]` in the catalog, or
an entry with its URN in `guardrails.json`:

```json
{"suppressions": {"enforcementLevel": "advisory", "entries": [
  {"urn": "urn:pulumi:…", "rule": "ACG402", "reason": "…", "until": "2027-06-30"}]}}
```
"""

UNFORESEEN = """\
## What no rule can foresee

Azure also refuses what a declaration does not show: what depends on resources that exist already or on who may read
what, deletions and actions of sharing, a change of what was deployed before (previews compare the two), role
assignments, and what turns up only while Azure works on an operation, such as throttling.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    rules = list(all_rules().values())
    yield INTRODUCTION
    yield from _table(rules)
    for family, members in groupby(sorted(rules, key=_order), key=lambda rule: rule.family):
        yield f"## {(import_module(f'acg.rules.library.{family}').__doc__ or family).strip().rstrip('.')}\n"
        for rule in members:
            yield from _rule(rule)
    yield "## About rules and suppressions\n"
    for rule in META_RULES:
        yield f"### {rule.code} {rule.name}\n"
        yield f"{rule.why} {rule.fix} ({default_level(rule)})\n"
    yield UNFORESEEN


def _order(rule: Rule) -> tuple[str, str, str]:
    """Families in the order of their lowest codes."""
    lowest = min(other.code for other in all_rules().values() if other.family == rule.family)
    return lowest, rule.family, rule.code


def _table(rules: list[Rule]) -> Iterator[str]:
    yield "| code | name | kind | level | |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        anchor = f"{rule.code} {rule.name}".lower().replace(" ", "-")
        link = f"[{rule.name}](#{anchor})"
        yield f"| {rule.code} | {link} | {rule.kind} | {_level(rule)} | {_cell(rule.summary)} |"
    yield ""


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code} {rule.name}\n"
    yield f"**{rule.summary}.** {rule.kind.capitalize()}, {_level(rule)}.\n"
    source = f" [Source]({rule.source})" if rule.source else ""
    yield f"{rule.why}{source}\n"
    yield f"*Fix:* {rule.fix}\n"
    if rule.settings:
        yield "| setting | default | |"
        yield "|---|---|---|"
        for name, description, default in described(rule.settings):
            yield f"| `{name}` | `{default}` | {_cell(description)} |"
        yield ""
    examples = rule.examples()
    for word, cases in (
        ("Passes", examples.compliant),
        ("Fails", examples.noncompliant),
        ("Undecided", examples.undecided),
    ):
        if cases:
            yield f"{word}: {'; '.join(case.shows for case in cases)}.\n"


def _level(rule: Rule) -> str:
    """The default level, and where it holds only for what is known to be new, that too."""
    level = default_level(rule)
    return f"{level} if new, else advisory" if "new" in rule.asks else str(level)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(page())
