"""Lists, a page at a time."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import quote

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.state.store import Resource

_TOKEN = "$skiptoken"  # noqa: S105 - a bookmark, no secret


def page(call: Call, kind: str) -> tuple[list[Resource], dict[str, Any]]:
    """The resources of one page, and the ``nextLink`` member of the answer when there are more.

    The path names a parent's collection, a resource group's, or everything of the type (lower case) in a subscription.
    """
    store, size, address = call.state.store, call.state.settings.page_size, call.address
    after = bookmark(call)
    if address.group is None and not address.names:
        found = store.of_type(kind, address.subscription or "", after, size + 1)
    else:
        found = store.collection(address.key, after, size + 1)
    if len(found) <= size:
        return found, {}
    return found[:size], next_link(call, found[size - 1])


def next_link(call: Call, last: Resource) -> dict[str, Any]:
    """The ``nextLink`` member of an answer whose page ends with ``last``."""
    mark = base64.urlsafe_b64encode(last.address.key.encode()).decode()
    asked = "&".join(f"{name}={quote(value)}" for name, value in call.query.items() if name != _TOKEN)
    return {"nextLink": f"{call.host}{quote(call.address.path)}?{asked}&{_TOKEN}={quote(mark)}"}


def bookmark(call: Call) -> str:
    """The key that the page before ended with; empty for the first page."""
    token = call.query.get(_TOKEN, "")
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        refuse("parameter-invalid", parameter=_TOKEN)


def uppercased(body: dict[str, Any]) -> dict[str, Any]:
    """A resource as Compute lists it: its group in capitals (seen in recordings of the Azure CLI, 2026-04)."""
    parts = body["id"].split("/")
    if len(parts) > 4:
        parts[4] = parts[4].upper()
    return {**body, "id": "/".join(parts)}
