"""Whether what a catalog wants of labs is so, image by image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from acg.azure.regions import RegionTable
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.labs.found import Definition, Image, Plan, same_id
from acg.labs.listing import geography, reasons, title, unfinished
from acg.labs.wanted import Kind, Wanted


class Code(StrEnum):
    """What is not as it is declared."""

    PLAN_MISSING = "plan-missing"
    GALLERY_DIFFERS = "gallery-differs"
    IMAGE_MISSING = "image-missing"
    IMAGE_NOT_LISTED = "image-not-listed"
    IMAGE_NOT_ENABLED = "image-not-enabled"
    IMAGE_ENABLED = "image-enabled"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is declared and not so."""

    code: Code
    message: str
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An image of the attached gallery."""

    image: str
    takes: str | None
    """Number of the version that labs take."""
    os_disk_gb: int | None
    regions: tuple[str, ...]
    """Regions that hold that version."""
    listed: bool
    why_not: tuple[str, ...]
    """Reasons for which it is not listed, as far as any is documented."""
    enabled: bool
    offered: bool | None
    """Whether the catalog offers it; None: it does not say which images it offers."""
    labs: int | None
    """Labs of the plan that were made from it."""
    undeclared: tuple[str, ...] = ()
    """Numbers of versions that the catalog lacks."""
    declared: bool = True
    """Whether the catalog has the definition."""
    lacking: tuple[str, ...] = ()
    """Regions of a lab account's geography without a replica."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What there is to say of one plan or account."""

    wanted: Wanted
    found: Plan | None
    """None: Azure has no such plan."""
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def attached_as_declared(self) -> bool:
        """Whether the gallery that the catalog names is attached, or none where it names none."""
        return self.found is not None and is_attached(self.wanted, self.found)


def is_attached(wanted: Wanted, found: Plan) -> bool:
    """Whether the declared gallery, and no other, is attached."""
    return len(found.galleries) <= 1 and same_id(found.gallery, wanted.gallery)


def status(wanted: Wanted, found: Plan | None, regions: RegionTable) -> Status:
    """Compare a plan or account with what the catalog says of it."""
    if found is None:
        message = f"there is no {wanted.kind} {wanted.name} in resource group {wanted.resource_group}"
        return Status(wanted, None, findings=(Finding(Code.PLAN_MISSING, message),))
    rows = tuple(_rows(wanted, found, regions))
    return Status(wanted, found, rows, tuple(_findings(wanted, found, rows)), found.unknown)


def _rows(wanted: Wanted, found: Plan, regions: RegionTable) -> Iterator[Row]:
    images = {one.name.lower(): one for one in found.images}
    definitions = found.definitions
    if definitions is None:  # nobody may read the gallery: what the plan lists is all there is to see
        for one in sorted(found.images, key=lambda image: image.name.lower()):
            yield _row(wanted, found, one.name, None, one, regions)
        return
    for one in sorted(definitions, key=lambda definition: definition.name.lower()):
        yield _row(wanted, found, one.name, one, images.get(one.name.lower()), regions)


def _row(
    wanted: Wanted, found: Plan, name: str, definition: Definition | None, image: Image | None, regions: RegionTable
) -> Row:
    known = wanted.known.get(name.lower())
    version = None if definition is None else definition.taken
    return Row(
        image=name,
        takes=None if version is None else str(version.number),
        os_disk_gb=None if version is None else version.os_disk_gb,
        regions=() if version is None else version.regions,
        listed=image is not None,
        why_not=() if image is not None or definition is None else _why(wanted, found, definition, regions),
        enabled=image is not None and image.enabled,
        offered=None if wanted.images is None else name.lower() in {one.lower() for one in wanted.images},
        labs=_labs(found, name),
        undeclared=tuple(number for number in _numbers(definition) if number not in (known or ())),
        declared=known is not None,
        lacking=_lacking(wanted, found, version.regions, regions) if version is not None else (),
        note=None if definition is None else unfinished(definition),
    )


def _numbers(definition: Definition | None) -> list[str]:
    versions = (None if definition is None else definition.versions) or ()
    return [str(number) for number in sorted(one.number for one in versions)]


def _why(wanted: Wanted, found: Plan, definition: Definition, regions: RegionTable) -> tuple[str, ...]:
    taken = definition.taken
    if wanted.kind is Kind.PLAN or taken is None or not taken.regions:
        return tuple(reasons(definition, found.location, regions))
    area = geography(found.location, regions)
    near = [one for one in taken.regions if one in area]
    why = reasons(definition, (near or taken.regions)[0], regions)
    return (*why, *([] if near else [f"{taken.number} has no replica in the account's geography"]))


def _lacking(wanted: Wanted, found: Plan, replicas: tuple[str, ...], regions: RegionTable) -> tuple[str, ...]:
    if wanted.kind is Kind.PLAN:
        return ()
    return tuple(title(one, regions) for one in geography(found.location, regions) if one not in replicas)


def _labs(found: Plan, name: str) -> int | None:
    if found.labs is None:
        return None
    own = f"{found.gallery}/images/{name}"
    return sum(one.image_id is not None and same_id(one.image_id, own) for one in found.labs)


def _findings(wanted: Wanted, found: Plan, rows: tuple[Row, ...]) -> Iterator[Finding]:
    if not is_attached(wanted, found):
        attached = " and ".join(map(gallery_name, found.galleries)) or "no gallery"
        declared = gallery_name(wanted.gallery) if wanted.gallery else "none"
        yield Finding(Code.GALLERY_DIFFERS, f"{attached} is attached, declared is {declared}")
        return  # which images of another gallery are listed says nothing about those that are declared
    for name in wanted.images or ():
        row = next((one for one in rows if one.image.lower() == name.lower()), None)
        if row is None:
            where = "listed" if found.definitions is None else "in the gallery"
            yield Finding(Code.IMAGE_MISSING, f"{name} is offered, but is not {where}", name)
        elif not row.listed:
            yield Finding(Code.IMAGE_NOT_LISTED, f"{name} is offered, but labs do not list it: {because(row)}", name)
        elif not row.enabled:
            yield Finding(Code.IMAGE_NOT_ENABLED, f"{name} is offered, but is not enabled", name)
    for row in rows:
        if row.enabled and row.offered is False and wanted.kind is Kind.PLAN:
            yield Finding(Code.IMAGE_ENABLED, f"{row.image} is enabled, but is not offered", row.image)


def because(row: Row) -> str:
    """Why an image is not listed, as one sentence part."""
    return "; ".join(row.why_not) or "no reason is known for it; Azure may need some minutes after a change"


def gallery_name(id_: str) -> str:
    """The name in a gallery's id, with its resource group; text that is no id as it is."""
    try:
        parsed = ResourceId.parse(id_)
    except ResourceIdError:
        return id_
    return f"{parsed.name} in {parsed.resource_group}" if parsed.resource_group else str(parsed.name)
