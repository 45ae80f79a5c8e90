"""Microsoft.ResourceGraph: a handful of queries about who uses images, a page at a time; others are refused.

Source of the form: https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.providers.resource_graph.queries import rows
from acg_sandbox.arm.providers.resource_graph.refusals import TABLE, error
from acg_sandbox.arm.state.values import timestamp

_MOST: Final = 1_000
"""Rows of a page; learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data."""


_INVALID: Final = (
    "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before "
    "retrying."
)
_PARSER: Final = {"code": "ParserFailure", "message": "ParserFailure"}


def resources(call: Call) -> Answer:
    """POST ``/providers/Microsoft.ResourceGraph/resources``."""
    body = call.body()
    found = rows(str(body.get("query") or ""), call.state.store, _scope(call, body))
    if found is None:
        correlation = call.headers.get("x-ms-correlation-request-id", call.state.settings.new_guid())
        problem = error("query-invalid", timestamp=timestamp(call.now), correlation=correlation)
        problem.details = [{"code": "InvalidQuery", "message": _INVALID}, _PARSER]
        raise problem
    options = body.get("options") or {}
    if not isinstance(options, dict):
        refuse("content-invalid", reason="options is not an object")
    first = _token(options["$skipToken"]) if options.get("$skipToken") else _number(options, "$skip", 0, 0)
    size = min(_number(options, "$top", 1, _MOST), _MOST)
    page = found[first : first + size]
    more = first + size < len(found)
    token = {"$skipToken": base64.b64encode(str(first + size).encode()).decode()} if more else {}
    answer = {"totalRecords": len(found), "count": len(page), "data": page, "facets": [], "resultTruncated": "false"}
    return Answer(
        200, {**answer, **token}, {"x-ms-user-quota-remaining": "14", "x-ms-user-quota-resets-after": "00:00:05"}
    )


def _scope(call: Call, body: dict[str, Any]) -> list[str]:
    """The subscriptions that are asked about and exist; of others Azure says nothing."""
    known = [one.lower() for one in call.state.subscriptions]
    groups, asked = body.get("managementGroups"), body.get("subscriptions")
    for name, value in (("managementGroups", groups), ("subscriptions", asked)):
        if value is not None and not isinstance(value, list):
            refuse("content-invalid", reason=f"{name} is not a list")
    if groups is not None:
        root = call.state.settings.tenant.lower()
        return known if any(str(one).lower() == root for one in groups) else []
    return known if asked is None else [one for one in known if one in {str(each).lower() for each in asked}]


def _number(options: dict[str, Any], name: str, least: int, default: int) -> int:
    """An option that is a whole number; whoever leaves it out gets the default."""
    value = options.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        refuse("content-invalid", reason=f"options.{name} is not a whole number from {least} on")
    return value


def _token(token: Any) -> int:
    """Where the page begins that an answer named."""
    try:
        return int(base64.b64decode(str(token), validate=True))
    except (binascii.Error, ValueError):
        return 0


PROVIDER = ResourceProvider(
    routes=(Route(r"microsoft\.resourcegraph/resources", resources, frozenset({"POST"}), open=True),),
    refusals=TABLE,
)
