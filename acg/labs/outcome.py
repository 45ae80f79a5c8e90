"""What came of a save: its operation does not say what was made, so whoever saves looks before and after.

Source: the operation LabPlans_SaveImage at https://github.com/Azure/azure-rest-api-specs, specification/labservices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from acg.labs.found import FINISHED, UNFINISHED, Definition, Plan, Version, named
from acg.labs.save import Request


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
