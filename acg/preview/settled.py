"""What only the engine can compare: it knows the secrets of a stack, which no event and no export shows."""

from __future__ import annotations

from acg.plan.digest import digests, whole
from acg.plan.model import Change, Plan, Unknown
from acg.preview.events import Events
from acg.preview.join import key_of
from acg.preview.model import Operation


def settled(plan: Plan, events: Events) -> Plan:
    """A plan without the changes of secret inputs where the engine finds that nothing changes."""
    same = {step.azure or step.name.lower() for step in events.steps.values() if step.operation is Operation.SAME}
    kept = tuple(change for change in plan.changes if not (_is_of_secrets(change) and key_of(change.resource) in same))
    if len(kept) == len(plan.changes):
        return plan
    left = {change.resource.name for change in kept}
    quiet = {change.resource.name for change in plan.changes} - left
    by_definition = digests(kept)
    return plan._replace(
        changes=kept, unchanged=plan.unchanged + len(quiet), digests=by_definition, digest=whole(by_definition)
    )


def _is_of_secrets(change: Change) -> bool:
    return bool(change.inputs) and all(isinstance(one.before, Unknown) for one in change.inputs)
