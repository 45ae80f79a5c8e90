"""What checks find about rules and suppressions themselves."""

from acg.rules.rule import Rule
from acg.rules.verdict import Severity


def _meta(code: str, name: str, severity: Severity, *, why: str, fix: str) -> Rule:
    return Rule(
        code=code,
        name=name,
        kind="meta",
        severity=severity,
        why=why,
        fix=fix,
        source=None,
        looks_at=(),
        check=_never,
        asks=(),
    )


def _never() -> tuple[()]:
    return ()


BROKEN = _meta(
    "ACG090",
    "rule-broke",
    "error",
    why="A rule that ends with an error of its own has checked nothing, so it must not let a resource pass.",
    fix="Report the error, and disable the rule in guardrails.json until it is fixed.",
)

EXPIRED = _meta(
    "ACG091",
    "suppression-expired",
    "warning",
    why="A suppression holds until the end of its last day; what it hid is reported again.",
    fix="Fix what it hid and remove it, or give it a new day and a reason why it is still needed.",
)

UNUSED = _meta(
    "ACG092",
    "suppression-unused",
    "warning",
    why="A suppression that hides nothing would hide the next fault of that kind, which nobody has looked at.",
    fix="Remove it.",
)

UNUSABLE = _meta(
    "ACG093",
    "suppression-unusable",
    "error",
    why="A suppression needs the code or name of a rule and a last day as YYYY-MM-DD, within the longest period "
    "that is allowed; otherwise it hides nothing.",
    fix="Name the rule as `acg check --list` does, and write the day as 2027-06-30, not too far ahead.",
)

META_RULES = (BROKEN, EXPIRED, UNUSED, UNUSABLE)
