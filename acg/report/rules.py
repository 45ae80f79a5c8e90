"""What the rules are: the list of them, and all about one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acg.rules.guardrails import default_level
from acg.rules.rule import Rule
from acg.rules.setting import described


def listed(rules: Iterable[Rule]) -> str:
    """One line for each rule: code, name, kind, level and what it says."""
    rows = [(rule.code, rule.name, rule.kind, default_level(rule).value, rule.summary) for rule in rules]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) + "\n"
        for row in rows
    )


def explained(rule: Rule) -> str:
    """Why a rule is there, how to fix what it finds, what can be set, and what it shows by example."""
    return "".join(f"{line}\n" for line in _lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name}"
    yield f"    {rule.summary}."
    yield ""
    yield f"  kind      {rule.kind}, {default_level(rule).value} unless guardrails.json says otherwise"
    yield f"  why       {rule.why}"
    yield f"  fix       {rule.fix}"
    if rule.source:
        yield f"  source    {rule.source}"
    if rule.settings:
        for label, (name, description, default) in zip(_labels("settings"), described(rule.settings), strict=False):
            yield f"  {label}  {name}: {description} Default: {default}."
    examples = rule.examples()
    for word, cases in (("passes", examples.compliant), ("fails", examples.noncompliant)):
        for label, case in zip(_labels(word), cases, strict=False):
            yield f"  {label}  {case.shows}"


def _labels(word: str) -> Iterator[str]:
    yield word.ljust(8)
    while True:
        yield " " * 8
