"""Rules: what Azure would refuse, and what a team forbids, each written once and run everywhere."""

from acg.rules.evaluation import Evaluation, check_resources
from acg.rules.guardrails import Guardrails, Level
from acg.rules.registry import all_rules, find_rule
from acg.rules.result import Finding, Report, SuppressedFinding, UndecidedFinding
from acg.rules.rule import Rule, azure_rule, guard_rule
from acg.rules.setting import Settings

__all__ = [
    "Evaluation",
    "check_resources",
    "Report",
    "Finding",
    "UndecidedFinding",
    "SuppressedFinding",
    "Guardrails",
    "Level",
    "Settings",
    "Rule",
    "azure_rule",
    "guard_rule",
    "all_rules",
    "find_rule",
]
