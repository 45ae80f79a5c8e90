"""Types whose properties are kept as they were sent, and not checked one by one."""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.resource_type import ResourceType


class Plain(ResourceType):
    """A type whose properties are not checked one by one."""

    def render(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        order = (
            "name",
            "id",
            "type",
            "kind",
            "location",
            "extendedLocation",
            "tags",
            "identity",
            "sku",
            "plan",
            "zones",
        )
        first = {key: body[key] for key in order if key in body}
        return {**first, **{key: value for key, value in body.items() if key not in first}}
