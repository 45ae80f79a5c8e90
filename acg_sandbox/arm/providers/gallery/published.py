"""Galleries by the names under which others know them."""

from __future__ import annotations

from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.state.state import State
from acg_sandbox.arm.state.store import Resource

_GALLERIES = "microsoft.compute/galleries"


def _galleries(state: State) -> list[Resource]:
    return state.store.everywhere(_GALLERIES)


def community(state: State, public_name: str) -> Resource | None:
    """The published gallery with a public name."""
    for gallery in _galleries(state):
        info = (gallery.properties.get("sharingProfile") or {}).get("communityGalleryInfo") or {}
        names = [name.lower() for name in info.get("publicNames", ())]
        if info.get("communityGalleryEnabled") and public_name.lower() in names:
            return gallery
    return None


def community_version(state: State, public_name: str, image: str, version: str) -> Resource | None:
    """A version of a published gallery."""
    gallery = community(state, public_name)
    return gallery and state.store.get(f"{gallery.address.key}/images/{image}/versions/{version}".lower())


def shared(state: State, unique_name: str, subscription: str) -> Resource | None:
    """The gallery with a unique name, if it is shared with a subscription or with its tenant."""
    for gallery in _galleries(state):
        if gallery.properties["identifier"]["uniqueName"].lower() == unique_name.lower():
            return gallery if _may_see(state, gallery, subscription) else None
    return None


def _may_see(state: State, gallery: Resource, subscription: str) -> bool:
    groups = (gallery.properties.get("sharingProfile") or {}).get("groups") or []
    allowed = {one.lower() for group in groups for one in group["ids"]}
    return subscription.lower() in allowed or state.settings.tenant.lower() in allowed


def shared_with(state: State, subscription: str, location: str) -> list[Resource]:
    """The galleries of a region that a subscription may see."""
    region = canonical(location)
    found = [g for g in _galleries(state) if canonical(g.body["location"]) == region]
    return [g for g in found if _may_see(state, g, subscription)]
