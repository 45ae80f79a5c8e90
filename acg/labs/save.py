"""What a save may do.

Azure decides by the name alone whether a save makes an image definition or a version, so whoever saves looks before.
Source: the operation LabPlans_SaveImage at https://github.com/Azure/azure-rest-api-specs, specification/labservices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from acg.azure import names
from acg.labs.found import UNFINISHED, Definition, Lab, Plan, same_id
from acg.labs.status import gallery_name
from acg.labs.wanted import Kind, Wanted
from acg.suggest import suggest


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be saved, and as what."""

    lab: str
    image: str
    new: bool
    """A new image definition; otherwise a new version of one that exists."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stood there before a save."""

    wanted: Wanted
    plan: Plan | None
    lab: Lab | None
    templates: tuple[str, ...] | None = None
    """Ids of the lab's machines of type Template."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a save is not sent, and what to do."""

    message: str
    fix: str


def refusals(request: Request, before: Before) -> list[Refusal]:
    """Every reason to refuse a save."""
    if before.wanted.kind is Kind.ACCOUNT:
        return [
            Refusal(
                f"{before.wanted.key} is a lab account, and no source shows the request that saves from one",
                "Save on the Template page of the lab, in the labs portal; acg labs status shows what it made.",
            )
        ]
    return [*_place(before), *_lab(request, before), *_name(request, before)]


def _place(before: Before) -> Iterator[Refusal]:
    wanted, plan = before.wanted, before.plan
    if plan is None:
        message = f"there is no lab plan {wanted.name} in resource group {wanted.resource_group}"
        yield Refusal(message, "Deploy it first; without its plan a lab cannot be saved.")
    elif plan.gallery is None:
        fix = (
            "Deploy the catalog first." if wanted.gallery else "Give the plan a gallery in the catalog, and deploy it."
        )
        yield Refusal(f"lab plan {wanted.key} has no gallery attached to save into", fix)
    elif not same_id(plan.gallery, wanted.gallery):
        declared = gallery_name(wanted.gallery) if wanted.gallery else "none"
        message = f"lab plan {wanted.key} has gallery {gallery_name(plan.gallery)} attached, declared is {declared}"
        yield Refusal(message, "Deploy the catalog, or declare the gallery that is attached.")


def _lab(request: Request, before: Before) -> Iterator[Refusal]:
    plan, lab = before.plan, before.lab
    if plan is None:
        return
    if lab is None:
        own = [one.name for one in plan.labs or () if one.is_of(plan.id)]
        near = suggest(request.lab, own)
        fix = f"Did you mean {near[0]}?" if near else f"Its labs are: {', '.join(own)}." if own else "It has no labs."
        yield Refusal(f"lab plan {plan.name} has no lab {request.lab}", fix)
        return
    if not lab.is_of(plan.id):
        other = lab.plan_id.rsplit("/", 1)[-1] or "no plan"
        yield Refusal(f"lab {lab.name} belongs to {other}, not to {plan.name}", "Name the plan that it belongs to.")
    elif lab.location != plan.location:
        yield Refusal(
            f"lab {lab.name} is in {lab.location}, its plan in {plan.location}",
            "Save from a lab in the plan's region: Azure saves no others.",
        )
    if before.templates is not None and len(before.templates) != 1:
        count = "no template machine" if not before.templates else f"{len(before.templates)} template machines"
        yield Refusal(f"lab {lab.name} has {count}", "Only labs that were made with a template can be saved.")


def _name(request: Request, before: Before) -> Iterator[Refusal]:
    plan = before.plan
    if fault := names.DEFINITION.fault(request.image):
        yield Refusal(f"no image definition can be called {request.image!r}: it {fault}", "Choose another name.")
        return
    if plan is None or plan.gallery is None:
        return
    if plan.definitions is None:
        yield Refusal(
            f"the gallery cannot be read, so nobody knows whether it has an image definition {request.image}",
            "Get the role Reader on the gallery: lab roles do not include it.",
        )
        return
    definition = plan.definition(request.image)
    if request.new and definition is not None:
        yield Refusal(
            f"{gallery_name(plan.gallery)} has an image definition {definition.name} already",
            f"Write --update {definition.name} for a new version of it, or choose another name.",
        )
    elif not request.new and definition is None:
        near = suggest(request.image, (one.name for one in plan.definitions))
        fix = f"Did you mean {near[0]}? " if near else ""
        yield Refusal(
            f"{gallery_name(plan.gallery)} has no image definition {request.image}",
            f"{fix}Write --new {request.image} to make it.",
        )
    elif definition is not None:
        yield from _fit(definition, before)


def _fit(definition: Definition, before: Before) -> Iterator[Refusal]:
    if definition.os_state.lower() != "specialized":
        yield Refusal(
            f"{definition.name} is {definition.os_state}; labs save Specialized images only",
            "Save as a new image with --new.",
        )
    system = None if before.lab is None else before.lab.os_type
    if system and definition.os_type.lower() != system.lower():
        yield Refusal(
            f"{definition.name} is for {definition.os_type}, the lab runs {system}", "Save as a new image with --new."
        )
    if busy := next((one for one in definition.versions or () if one.state in UNFINISHED), None):
        yield Refusal(
            f"version {busy.number} of {definition.name} is still being created, perhaps by another save",
            "Wait until it is done: of two saves at once, nobody can say which made what.",
        )
