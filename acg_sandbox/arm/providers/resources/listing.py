"""Lists of resources of every type, and of resource groups: filtered, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.paging import bookmark, next_link
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.providers.resources.filters import parse_filter
from acg_sandbox.arm.state.address import GROUP_TYPE
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import timestamp

OPTIONS = frozenset({"$filter", "$top"})
EXPAND = frozenset({"$expand"})
MAX_TOP = 1_000  # https://learn.microsoft.com/rest/api/resources/resources/list
_SHOWN = ("id", "name", "type", "kind", "location", "extendedLocation", "tags", "identity", "sku", "plan", "managedBy")
_EXPANDED = {"createdtime": "createdTime", "changedtime": "changedTime", "provisioningstate": "provisioningState"}


def all_resources(call: Call) -> Answer:
    """GET ``/subscriptions/{id}[/resourceGroups/{name}]/resources``: everything, without properties."""
    scope = f"/subscriptions/{call.address.subscription}"
    if call.address.group:
        scope += f"/resourcegroups/{call.address.group}"
    asked = [word.strip().lower() for word in call.query.get("$expand", "").split(",") if word.strip()]
    for word in asked:
        if word not in _EXPANDED:
            refuse("value-not-allowed", value=word, parameter="$expand", allowed=",".join(_EXPANDED.values()))

    def shown(found: Resource) -> dict[str, Any]:
        body = {key: found.body[key] for key in _SHOWN if key in found.body}
        return body | {_EXPANDED[word]: value for word in asked if (value := _expansion(found, word)) is not None}

    return page_of(call, _resources(call, scope), shown)


def _resources(call: Call, scope: str) -> Iterator[Resource]:
    for found in call.state.store.scan(scope.lower(), bookmark(call)):
        kind = found.address.type
        if kind != GROUP_TYPE.lower() and not kind.startswith("microsoft.authorization/"):
            yield found


def _expansion(found: Resource, word: str) -> str | None:
    if word == "provisioningstate":
        return found.properties.get("provisioningState")
    moment = found.hidden.get(word.removesuffix("time"))
    return None if moment is None else timestamp(moment)


def page_of(call: Call, found: Iterator[Resource], shown: Callable[[Resource], Any]) -> Answer:
    """One page of what is found in the order of keys, as far as ``$filter`` lets it through; ``$top`` is its size."""
    wanted = parse_filter(call.query["$filter"]) if call.query.get("$filter", "").strip() else None
    size = _top(call)
    page: list[Resource] = []
    for one in found:
        if wanted is None or wanted(one.body):
            if len(page) == size:
                return Answer(200, {"value": [shown(each) for each in page], **next_link(call, page[-1])})
            page.append(one)
    return Answer(200, {"value": [shown(each) for each in page]})


def _top(call: Call) -> int:
    top = call.query.get("$top", "").strip()
    if not top:
        return call.state.settings.page_size
    if not top.isdecimal() or not 1 <= int(top) <= MAX_TOP:
        refuse("top-invalid", top=top)
    return int(top)
