"""What a catalog wants of a lab plan or a lab account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The two generations of the service."""

    PLAN = "lab plan"
    ACCOUNT = "lab account"


@dataclass(frozen=True, slots=True)
class Home:
    """A gallery of the team's own, in which copies outlive the labs."""

    key: str
    """Key of the gallery in the catalog."""
    location: str | None
    """Canonical name of the gallery's region, in which its versions live unless they say otherwise."""
    regions: tuple[str, ...]
    """Regions to which its versions are replicated."""
    images: frozenset[str] = frozenset()
    """Keys of its definitions."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan or an account of the catalog."""

    kind: Kind
    key: str
    """Key in the catalog."""
    name: str
    """Name in Azure."""
    subscription: str
    resource_group: str
    location: str | None
    """Canonical name of its region."""
    gallery: str | None = None
    """Id of the gallery that is to be attached; None: none is."""
    gallery_key: str | None = None
    """Key of that gallery in the catalog, if it is one of the catalog's."""
    images: tuple[str, ...] | None = None
    """Names of the definitions that are offered; None: the catalog does not say which."""
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names of the gallery's definitions in the catalog, in lower case, each with the numbers of its versions."""
    home: Home | None = None
    """Where copies of saved images are declared."""

    @property
    def id(self) -> str:
        """Its id in Azure."""
        type_ = "labPlans" if self.kind is Kind.PLAN else "labaccounts"
        group = f"/subscriptions/{self.subscription}/resourceGroups/{self.resource_group}"
        return f"{group}/providers/Microsoft.LabServices/{type_}/{self.name}"

    @property
    def title(self) -> str:
        """What messages call it: by its key, for that is what readers have in front of them."""
        return self.key if self.key == self.name else f"{self.key} ({self.name})"
