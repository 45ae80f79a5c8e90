"""One rule alone, whatever its level: its verdicts as they are."""

from collections.abc import Container, Iterable
from datetime import date

from acg.desired.resource import Resource
from acg.rules import Guardrails, Rule
from acg.rules.index import ResourceIndex
from acg.rules.judging.runner import RuleContext, by_view, verdicts
from acg.rules.verdict import Verdict


def judge(
    rule: Rule, resources: Iterable[Resource], settings: Guardrails, today: date, *, new: Container[str] = ()
) -> list[tuple[Resource | None, Verdict]]:
    """Every verdict of a rule that is no pass, with the resource that it judged."""
    index = ResourceIndex(resources)
    context = RuleContext(settings, today, new=new)
    return [(resource, verdict) for _, resource, verdict in verdicts(index, by_view([rule], index, context))]
