"""What the engine itself finds about rules and suppressions."""

from acg.rules.rule import Rule
from acg.rules.verdict import Severity


def _own(code: str, name: str, severity: Severity, *, why: str, fix: str) -> Rule:
    return Rule(
        code=code,
        name=name,
        kind="engine",
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


BROKEN = _own(
    "ACG090",
    "rule-broke",
    "error",
    why="A rule that ends with an error of its own has judged nothing, which is no reason to let a resource pass.",
    fix="Report the error, and disable the rule in guardrails.json until it is fixed.",
)

EXPIRED = _own(
    "ACG091",
    "suppression-expired",
    "warning",
    why="A suppression holds until the end of its last day; what it hid is reported again.",
    fix="Fix what it hid and remove it, or give it a new day and a reason why it is still needed.",
)

UNUSED = _own(
    "ACG092",
    "suppression-unused",
    "warning",
    why="A suppression that hides nothing would hide the next fault of that kind, which nobody has looked at.",
    fix="Remove it.",
)

UNUSABLE = _own(
    "ACG093",
    "suppression-unusable",
    "error",
    why="A suppression needs the code or name of a rule and a last day as YYYY-MM-DD; otherwise it hides nothing.",
    fix="Correct it.",
)

OWN = (BROKEN, EXPIRED, UNUSED, UNUSABLE)
