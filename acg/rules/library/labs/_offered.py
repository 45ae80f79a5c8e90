"""Which images of a gallery are offered to whoever makes a lab, and which version labs take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from acg.azure.kinds import Kind
from acg.path import Path
from acg.rules.index import ResourceIndex
from acg.rules.verdict import UnknownValueError
from acg.rules.views import Gallery, ImageDefinition, ImageVersion, Lab, LabAccount, LabPlan, OfLabs

Offering = LabPlan | LabAccount | Lab


class Offer(NamedTuple):
    """An image that somebody offers."""

    name: str
    path: Path
    """What of the plan, the account or the lab names it."""
    definition: ImageDefinition | None
    """None for one that the index does not have."""
    plan: OfLabs | None
    """The plan or account that lists it; None where the plan of a lab is not indexed."""


def uses(by: Offering) -> str:
    """Who uses an image, as the second half of a sentence about it."""
    return f"{by.called} is made from it" if isinstance(by, Lab) else f"{by.called} offers it to labs"


def verb(by: Offering) -> str:
    """The same, as the beginning of a sentence about who uses it."""
    return "is made from" if isinstance(by, Lab) else "offers"


def attached(plan: OfLabs, index: ResourceIndex) -> Gallery | None:
    """The gallery of a plan or an account, where the index has it.

    Raises:
        UnknownValueError: if it is known only after deployment.
    """
    found = index.resolve(plan.gallery)
    return found if isinstance(found, Gallery) else None


def definitions(gallery: Gallery, index: ResourceIndex) -> list[ImageDefinition]:
    """The image definitions of a gallery."""
    return [one for one in index.children(gallery) if isinstance(one, ImageDefinition)]


def offers(by: Offering, index: ResourceIndex) -> Iterator[Offer]:
    """The images that a plan, an account or a lab offers; none for a plan that does not say.

    Raises:
        UnknownValueError: if the image or the gallery is known only after deployment, or is not known here.
    """
    if isinstance(by, Lab):
        if (reference := by.image.reference("id")) is None:
            return
        found = index.resolve(reference)
        plan = index.resolve(by.plan)
        if found is None and index.kind(reference) is Kind.IMAGE:
            raise UnknownValueError(reference.path, "the image that it is made from is not known here")
        if isinstance(found, ImageDefinition):
            yield Offer(found.title, reference.path, found, plan if isinstance(plan, LabPlan) else None)
        return
    if not by.offered or by.gallery is None:
        return
    if (gallery := attached(by, index)) is None:
        raise UnknownValueError(("images",), "what is in its gallery is not known here")
    known = {name: one for one in definitions(gallery, index) if (name := one.known_name)}
    for place, name in enumerate(by.offered):
        yield Offer(name, ("images", place), known.get(name.lower()), by)


def taken(definition: ImageDefinition, index: ResourceIndex) -> ImageVersion | None:
    """The version that labs take, which is that of the highest number; None if no version is known.

    Raises:
        UnknownValueError: if a number, or which versions it has, is known only after deployment.

    Source: https://learn.microsoft.com/azure/lab-services/administrator-guide
    """
    if lost := index.without_parent(ImageVersion):
        reason = f"whose version {lost[0].title} is, is known only after deployment"
        raise UnknownValueError(("images",), reason)
    numbered = [(number, one) for one in index.versions(definition) if (number := one.version_number) is not None]
    return max(numbered, key=lambda pair: pair[0])[1] if numbered else None
