"""Create-only properties: a change is refused with 409 PropertyChangeNotAllowed."""

from __future__ import annotations

from typing import Any, Final

from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.protocol.surface import Node, Surface
from acg_sandbox.arm.state.store import Resource

DEFAULTS: Final = {
    "properties.publishingProfile.replicationMode": "Full",
    "properties.sharingProfile.permissions": "Private",
}
"""What a property that was not sent means, so that sending just that changes nothing.

Source: the property texts of ReplicationMode and GallerySharingPermissionTypes in the API specification
"""


def require_unchanged(surface: Surface, old: Resource, new: Resource, *, patch: bool, kept: frozenset[str]) -> None:
    """Compare every property marked ``fixed`` outside lists, and carry over what may be left out.

    On PUT a fixed property that was left out counts as removed,
    unless its path is in ``kept``: those have defaults, so that leaving them out again means what it meant before.
    """
    _compare(surface.root, old.body, new.body, surface.parameter, "", patch, kept)


def _compare(node: Node, old: Any, new: Any, parameter: str, path: str, patch: bool, kept: frozenset[str]) -> None:
    for child in node.children.values():
        inside = f"{path}.{child.name}" if path else child.name
        before, after = (value.get(child.name) if isinstance(value, dict) else None for value in (old, new))
        if child.kind == "object":
            if not _has_fixed(child):
                continue
            if after is None and before is not None:
                after = new[child.name] = {}
            _compare(child, before or {}, after, parameter, inside, patch, kept)
            if after == {}:
                new.pop(child.name, None)
        elif child.fixed and before != after:
            if after is None and before is not None and (patch or inside in kept):
                new[child.name] = before
                continue
            if before is None and after == DEFAULTS.get(inside):
                del new[child.name]
                continue
            refuse("property-change", property=f"{parameter}.{inside}")


def _has_fixed(node: Node) -> bool:
    return any(child.fixed or (child.kind == "object" and _has_fixed(child)) for child in node.children.values())
