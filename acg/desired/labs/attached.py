"""Which gallery a lab plan or a lab account is attached to."""

from typing import Any, NamedTuple

from acg.azure.kinds import GALLERY, KINDS
from acg.catalog.models import Catalog, Gallery
from acg.catalog.models.deferred import LabAccount, LabPlan
from acg.catalog.placeholder import Placeholder

Attachable = LabPlan | LabAccount


class Attached(NamedTuple):
    """A gallery as a plan or an account names it."""

    key: str | None
    """Key of a gallery of the catalog; None for one that is given by its id."""
    gallery: Gallery | None
    """What the catalog declares under that key; None if nothing."""
    id: str | Placeholder | None
    """The id that is given in place of a key."""

    @property
    def is_declared(self) -> bool:
        """Whether the catalog deploys the gallery, in whichever stack."""
        return self.gallery is not None and not self.gallery.existing


def attached(catalog: Catalog, of: Attachable) -> Attached | None:
    """The gallery of a plan or an account; None if it has none. An id is whatever holds a slash, or an Output."""
    if of.gallery is None:
        return None
    if not isinstance(of.gallery, str) or "/" in of.gallery:
        return Attached(None, None, of.gallery)
    return Attached(of.gallery, catalog.galleries.get(of.gallery), None)


def existing_id(gallery: Gallery, inputs: dict[str, Any]) -> str | None:
    """The id of a gallery that is not registered; None if its subscription is not known."""
    group, name = inputs["resourceGroupName"], inputs["galleryName"]
    if not isinstance(gallery.subscription, str) or not isinstance(group, str):
        return None
    return KINDS[GALLERY].id([name], subscription=gallery.subscription, group=group)
