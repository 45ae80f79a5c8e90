"""Checks of single values that several providers share: GUIDs, ranges, quotas, resource ids."""

from __future__ import annotations

import re

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.state.address import parse

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_guid(text: str) -> bool:
    """Whether the text is a GUID."""
    return _GUID.fullmatch(text) is not None


def within(value: int | None, parameter: str, low: int, high: int) -> None:
    """Refuse a number outside its range; an absent one is fine."""
    if value is not None and not low <= value <= high:
        refuse("out-of-range", value=value, property=parameter, minValue=low, maxValue=high)


def quota(call: Call, kind: str, what: str, region: str, limit: int) -> None:
    """Refuse one more of a type per subscription and region than the documented limit."""
    subscription = call.address.subscription or ""
    if call.state.store.count(kind, subscription, region) >= limit:
        refuse("quota", limit=f"{limit:,}", what=what, region=region)


def type_of(resource_id: str) -> str:
    """The lower-case type that a resource id names; empty for what is no id."""
    address = parse(resource_id)
    return "" if address.tail else address.type
