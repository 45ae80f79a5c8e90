"""Write docs/rules.md: every rule with its reason, its settings and its examples.

Run as ``python -m acg.rules.docs > docs/rules.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby

from acg.rules.guardrails import default_level
from acg.rules.meta_rules import OWN
from acg.rules.refusals import NOT_DECIDABLE
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

`guardrails.json` has a key for each rule that is not to be taken as it comes: `"disabled"`, `"advisory"` (a warning),
`"mandatory"` (an error), or an object with `enforcementLevel` and the rule's settings. It is the file that
`--policy-pack-config` takes. The levels below are those of rules that it does not name.

A resource may break a rule for a while: `suppress: [{rule: ACG402, reason: …, until: 2027-06-30}]` in the catalog, or
an entry with its URN in `guardrails.json`:

```json
{"suppressions": {"enforcementLevel": "advisory", "entries": [
  {"urn": "urn:pulumi:…", "rule": "ACG402", "reason": "…", "until": "2027-06-30"}]}}
```
"""

NOT_DECIDABLE_INTRODUCTION = """\
## What no rule can foresee

Refusals that a declaration does not show, by the ids of the error texts in the
`refusals.yaml` files of `acg_sandbox/arm`.
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
    for rule in OWN:
        yield f"### {rule.code} {rule.name}\n"
        yield f"{rule.why} {rule.fix} ({default_level(rule)})\n"
    yield NOT_DECIDABLE_INTRODUCTION
    yield "| refusal | why |"
    yield "|---|---|"
    for text, reason in sorted(NOT_DECIDABLE.items()):
        yield f"| `{text}` | {_cell(reason)} |"


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
        yield f"| {rule.code} | {link} | {rule.kind} | {default_level(rule)} | {_cell(rule.summary)} |"
    yield ""


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code} {rule.name}\n"
    yield f"**{rule.summary}.** {rule.kind.capitalize()}, {default_level(rule)}.\n"
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


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(page())
