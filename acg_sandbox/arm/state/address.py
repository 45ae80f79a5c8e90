"""Addresses below the endpoint: what a path names, in any letter case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

GROUP_TYPE = "Microsoft.Resources/resourceGroups"


@dataclass(frozen=True, slots=True)
class Address:
    """A path taken apart.

    ``path`` is as the client spelled it, without a trailing slash. ``type`` is in lower case with its namespace
    (``microsoft.compute/galleries/images``); ``names`` has one name per segment of the type, so a collection or an
    action, whose last segment is in ``tail``, has as many names as its parent. ``scope`` is what comes before the
    last ``/providers/``.
    """

    path: str
    type: str
    names: tuple[str, ...]
    tail: str | None
    scope: str
    subscription: str | None
    group: str | None

    @property
    def key(self) -> str:
        """The path as the store knows it."""
        return self.path.lower()

    @property
    def name(self) -> str:
        """The last name."""
        return self.names[-1]

    @property
    def parent(self) -> str:
        """The path of the resource or scope that this one lies directly in, empty at the root."""
        if len(self.names) > 1:
            return self.path.rsplit("/", 2)[0]
        return self.scope


@lru_cache(maxsize=8192)
def parse(path: str) -> Address:
    """Take a (decoded) path or resource id apart; any path has an address, whether something lives there or not.

    Empty segments count for nothing: released clients send ``providers/Microsoft.Compute//galleries``.
    """
    parts = [part for part in path.split("/") if part] or [""]
    lower = [part.lower() for part in parts]
    subscription = parts[1] if len(parts) > 1 and lower[0] == "subscriptions" else None
    group = parts[3] if len(parts) > 3 and subscription and lower[2] == "resourcegroups" else None
    clean = "/" + "/".join(parts)
    if "providers" in lower:
        at = len(lower) - 1 - lower[::-1].index("providers")
        namespace, rest = parts[at + 1 : at + 2], parts[at + 2 :]
        types, names = rest[0::2], rest[1::2]
        tail = types[-1] if len(types) > len(names) else None
        kind = "/".join([*namespace, *(types[:-1] if tail is not None else types)]).lower() or "providers"
        return Address(clean, kind, tuple(names), tail, "/" + "/".join(parts[:at]) if at else "", subscription, group)
    if subscription is None:
        return Address(clean, "", (), "/".join(parts) or None, "", None, None)
    if group is not None:
        scope = "/" + "/".join(parts[:2])
        return Address(clean, GROUP_TYPE.lower(), (group,), "/".join(parts[4:]) or None, scope, subscription, group)
    return Address(
        clean, "microsoft.resources/subscriptions", (subscription,), "/".join(parts[2:]) or None, "", subscription, None
    )


def is_resource_id(text: str) -> bool:
    """Whether the text has the form of a full resource id."""
    return text.lower().startswith(("/subscriptions/", "/providers/"))
