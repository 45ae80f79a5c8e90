"""What teachers find when they make a lab, in their words."""

from __future__ import annotations

from collections.abc import Iterator

from acg.plan.effects import LabsChange, LabsMove
from acg.plan.model import Plan
from acg.report.plan.blocks import Bullets, Code, Item, Line, Section, Strong, count, listing
from acg.report.plan.prose import prose


def labs(plan: Plan) -> Section | None:
    """Which images labs take, list and lose, and what the replicas for them take."""
    found = plan.effects.labs
    if not found:
        return None
    items = tuple((Bullets(((*_line(one), "."),)),) for one in found)
    return Section("labs", ("What labs take",), items, "facts about labs", brief=tuple(_brief(found)))


def _line(one: LabsChange) -> Line:
    plan = Strong((Code(one.plan.other or one.plan.title),))
    image = Strong((Code(one.image or ""),))
    match one.move:
        case LabsMove.TAKES:
            version = (" ", Code(one.after or ""), " (was ", Code(one.before or ""), ")")
            start = ("labs made from now on in ", plan, " take ", image, *version)
            return (*start, "; labs that exist keep theirs until they are made anew", *_storage(one))
        case LabsMove.ENTERS:
            return (
                image,
                " enters the list of ",
                plan,
                ": labs can be made from ",
                Code(one.after or ""),
                *_storage(one),
            )
        case LabsMove.LEAVES:
            why = listing([tuple(prose(reason)) for reason in one.reasons])
            return (image, " leaves the list of ", plan, ": ", *why, "; labs that exist keep theirs")
        case LabsMove.ATTACHED:
            return (plan, " gets gallery ", Code(one.after or ""), *_images(one, ", from which labs can take "))
        case _:
            lost = _images(one, ", and loses ")
            return (plan, " is detached from gallery ", Code(one.before or ""), *lost, "; labs that exist stay")


def _images(one: LabsChange, start: str) -> Line:
    return (start, *listing([(Strong((Code(image),)),) for image in one.images])) if one.images else ()


def _storage(one: LabsChange) -> Line:
    if not one.replicas:
        return ()
    verb = "takes" if one.replicas == 1 else "take"
    size = f"{verb} at most {one.added_gb:,} GB" if one.added_gb is not None else f"{verb} storage of unknown size"
    return (f"; its {count(one.replicas, 'replica')} {size}, billed apart from the use of labs",)


def _brief(found: tuple[LabsChange, ...]) -> Iterator[Item]:
    """How many images and galleries, by what happens to them."""
    for move in LabsMove:
        number = sum(one.move is move for one in found)
        if number:
            yield (Bullets(((f"{count(number, 'case')} of “{move.value}”.",),)),)
