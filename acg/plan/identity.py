"""What a plan speaks of: resources by what Azure calls them, never by the keys of a catalog."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Kind(StrEnum):
    """What a change is about, in the words of messages."""

    RESOURCE_GROUP = "resource group"
    GALLERY = "gallery"
    DEFINITION = "image definition"
    VERSION = "image version"
    READER = "reader"
    ROLE = "role"
    """Of Azure Lab Services, on a gallery."""
    LOCK = "lock"
    LAB_PLAN = "lab plan"
    OTHER = "resource"
    GUARDRAILS = "guardrails"
    """The settings of the rules: no resource, but part of what a reviewer approves."""


class Identity(NamedTuple):
    """A resource by its physical name. None: this kind of resource has no such part, or the part is not known."""

    kind: Kind
    name: str
    """Its name among the resources of its side, such as ``corp/ubuntu/1.0.3``; a URN in an exported stack."""
    subscription: str | None = None
    """None is the provider's own, or unknown."""
    resource_group: str | None = None
    gallery: str | None = None
    definition: str | None = None
    version: str | None = None
    """The number as it was written."""
    other: str | None = None
    """What tells resources of the kinds reader, role and lock from each other: the principal's id, the lock's name.

    Of a role ``Owner of`` and the principal's id; of a lab plan its name.
    """

    @property
    def title(self) -> str:
        """How messages call it: ``platform/ubuntu-2404 1.1.0``, ``gallery platform``, ``resource group rg-images``."""
        if self.kind is Kind.VERSION:
            return f"{self.gallery}/{self.definition} {self.version}"
        if self.kind is Kind.DEFINITION:
            return f"{self.gallery}/{self.definition}"
        if self.kind is Kind.GALLERY:
            return f"gallery {self.gallery}"
        if self.kind is Kind.RESOURCE_GROUP:
            return f"resource group {self.resource_group}"
        if self.kind is Kind.LAB_PLAN:
            return f"lab plan {self.other}"
        if self.kind in EXTENSIONS:
            return f"{self.kind} {self.other} on gallery {self.gallery}"
        return self.name

    @property
    def definition_title(self) -> str | None:
        """``gallery/definition`` of a definition or version; None for what is above them."""
        return None if self.definition is None else f"{self.gallery}/{self.definition}"


EXTENSIONS: Final = frozenset({Kind.READER, Kind.ROLE, Kind.LOCK})
"""Kinds of what is on a gallery, and goes with it."""
