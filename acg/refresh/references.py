"""How catalogs refer to what versions are made from: by id, or by an address of the catalog."""

from __future__ import annotations

from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.path import Path
from acg.refresh.azure import Where
from acg.refresh.declared import Declared, Line


def source_keys(text: str, declared: Declared) -> frozenset[str]:
    """What a source is known by: its id, and of a version also the names of its gallery, definition and number."""
    lower = text.lower()
    if text.startswith("/"):
        try:
            parsed_id = ResourceId.parse(text)
        except ResourceIdError:
            return frozenset({lower})
        if parsed_id.version is None or parsed_id.gallery is None:
            return frozenset({lower})
        return frozenset({"/".join(parsed_id.names).lower()})
    key, _, rest = text.partition("/")
    gallery = declared.catalog.galleries.get(key)
    return frozenset({f"{gallery.name or key}/{rest}".lower() if gallery else lower})


def definition_of(line: Line, declared: Declared) -> Where | None:
    """The definition whose versions a line copies: by id, or by gallery/image."""
    text = line.refresh.from_.definition or ""
    if text.startswith("/"):
        try:
            parsed_id = ResourceId.parse(text)
        except ResourceIdError:
            return None
        if parsed_id.image is None or parsed_id.gallery is None:
            return None
        return Where(parsed_id.subscription, parsed_id.resource_group, parsed_id.gallery, parsed_id.image)
    key, slash, name = text.partition("/")
    if not slash or not name or "/" in name:
        return None
    path: Path = ("galleries", key, "images", name)
    if (found := declared.where(path)) is not None:
        return found
    gallery = declared.by_name.get(key)
    if gallery is None:
        return Where(None, None, key, name)
    group = gallery.inputs.get("resourceGroupName")
    subscription = gallery.subscription if isinstance(gallery.subscription, str) else None
    return Where(subscription, group if isinstance(group, str) else None, str(gallery.inputs["galleryName"]), name)
