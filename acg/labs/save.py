"""What a save may do, and what came of it.

Azure decides by the name alone whether a save makes an image definition or a version, and its operation does not say
what was made. So whoever saves looks before and after. Source: the operation LabPlans_SaveImage at
https://github.com/Azure/azure-rest-api-specs, specification/labservices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from acg.azure import names
from acg.labs.found import FINISHED, UNFINISHED, Definition, Lab, Plan, Version, named, same_id
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
    """Everything that stands in the way of a save."""
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


# -- afterwards --------------------------------------------------------------------------------------------------------


class Answer(StrEnum):
    """How the request and its operation ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """The operation ended Failed."""
    REFUSED = "refused"
    """Azure refused the request."""
    LOST = "lost"
    """No answer came, or none that says what became of the request."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The answer to a save, with the words of Azure."""

    answer: Answer
    words: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is after a save."""

    good: bool
    """Whether exactly what was asked for was made, and labs can take it."""
    version: Version | None
    """The one version that the save made; None if it made none, or if nobody can say which."""
    sentences: tuple[str, ...] = ()
    """What is not as it was asked for."""
    said: tuple[str, ...] = ()
    """What Azure said that was no plain success."""
    listed: bool = False
    enabled: bool = False


def new_versions(before: Definition | None, after: Definition | None) -> list[Version]:
    """The versions that are there now and were not, lowest first."""
    old = {one.number for one in (before.versions if before is not None else None) or ()}
    now = (after.versions if after is not None else None) or ()
    return sorted((one for one in now if one.number not in old), key=lambda one: one.number)


def outcome(request: Request, before: Plan, after: Plan, ended: Ended) -> Outcome:
    """What came of a save: from the gallery as it was and as it is, for the operation does not say.

    Args:
        request: What was asked for.
        before: The plan with its gallery as it stood before.
        after: The same afterwards.
        ended: How the request ended.
    """
    made = new_versions(before.definition(request.image), after.definition(request.image))
    if after.definitions is None:
        return unread(ended, " ".join(after.unknown))
    said = tuple(_ended(ended))
    faults = list(_elsewhere(request, before, after))
    made = new_versions(before.definition(request.image), after.definition(request.image))
    if not made:
        return Outcome(False, None, (*faults, _nothing(request, ended)), said)
    if len(made) > 1:
        each = " and ".join(f"{one.number} ({one.state})" for one in made)
        faults.append(
            f"{request.image} has {len(made)} new versions, {each}: somebody else saved or published meanwhile, and "
            "Azure does not say which is from this save."
        )
        return Outcome(False, None, tuple(faults), said)
    version, image = made[0], named(request.image, after.images)
    faults += _faults(request, version, after.definition(request.image), listed=image is not None)
    good = ended.answer is not Answer.FAILED and not faults
    return Outcome(good, version, tuple(faults), said, image is not None, image is not None and image.enabled)


def unread(ended: Ended, why: str) -> Outcome:
    """The outcome of a save after which nobody could look at the gallery."""
    said = tuple(_ended(ended)) or ("Azure says that it saved.",)
    look = "What is in the gallery now is not known: look with acg labs status before you save again."
    return Outcome(False, None, tuple(filter(None, (why, look))), said)


def _ended(ended: Ended) -> Iterator[str]:
    words = f": {ended.words}" if ended.words else ""
    if ended.answer is Answer.FAILED:
        yield f"Azure says that the save failed{words}."
    elif ended.answer is Answer.REFUSED:
        yield f"Azure refused the save{words}."
    elif ended.answer is Answer.LOST:
        yield f"No answer says what became of the save{words}. It was not sent again; the gallery shows what it made."


def _elsewhere(request: Request, before: Plan, after: Plan) -> Iterator[str]:
    old = {one.name.lower() for one in before.definitions or ()} | {request.image.lower()}
    for one in after.definitions or ():
        if one.name.lower() not in old:
            yield f"The gallery has another new image definition, {one.name}, which this save did not ask for."


def _nothing(request: Request, ended: Ended) -> str:
    if ended.answer is Answer.SUCCEEDED:
        return f"Azure says that it saved, but {request.image} has no new version."
    if ended.answer is Answer.LOST:
        return (
            f"{request.image} has no new version so far. Azure may still be at work: look again before you save again, "
            "or there will be two."
        )
    return f"{request.image} has no new version."


def _faults(request: Request, version: Version, definition: Definition | None, *, listed: bool) -> Iterator[str]:
    name = f"{request.image} {version.number}"
    if version.state in UNFINISHED:
        yield f"{name} is still being created: look again before you save again."
        return
    if version.state not in FINISHED:
        yield f"{name} is {version.state}: no lab can be made from it. Delete it, or save again."
        return
    highest = definition.highest if definition is not None else None
    if highest is not None and highest.number != version.number:
        yield f"{name} is not the highest version: labs take {highest.number}."
    if not listed:
        yield f"{name} is there, but the plan does not list {request.image}; Azure may need some minutes."
