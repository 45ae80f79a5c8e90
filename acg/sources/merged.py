"""Many requests for one id as one resource that suits all of them, as far as there is such a one."""

from collections.abc import Iterable
from typing import Final

from acg.azure.kinds import Kind
from acg.azure.resource_id import ResourceId
from acg.sources.wanted import Request, Traits, Wanted

_ANY_REGION: Final = {Kind.RESOURCE_GROUP, Kind.GALLERY, Kind.IMAGE, Kind.STORAGE_ACCOUNT}
"""What suits versions of every region: Azure reads a VHD from any, and looks at the regions of a source alone."""
_WORDS: Final = ("the operating system", "the state", "the generation", "the architecture", "the plan")


def merge(requests: Iterable[Request]) -> list[Wanted]:
    """One resource for each id, in the order of the first requests."""
    found: dict[ResourceId, Wanted] = {}
    for request in requests:
        wanted = found.setdefault(request.id, Wanted(request.id))
        _add(wanted, request)
    return list(found.values())


def _add(wanted: Wanted, request: Request) -> None:
    wanted.by[request.by] = None
    first = next(iter(wanted.by))
    _add_regions(wanted, request, first)
    if request.traits is not None:
        wanted.traits = _agreed(wanted, request, first) if wanted.traits else request.traits
    if request.blob is not None:
        wanted.blobs[request.blob] = wanted.blobs.get(request.blob) or request.disks[None]
    else:
        _add_disks(wanted, request, first)
    wanted.identifier = wanted.identifier or request.identifier
    wanted.public_name = wanted.public_name or request.public_name
    wanted.confidential = wanted.confidential or request.confidential


def _add_regions(wanted: Wanted, request: Request, first: str) -> None:
    for region in request.regions:
        if not wanted.regions or wanted.id.kind is Kind.VERSION:
            wanted.regions += [region] if region not in wanted.regions else []
        elif region != wanted.regions[0] and wanted.id.kind not in _ANY_REGION:
            wanted.conflicts.append(f"{first} needs it in {wanted.regions[0]}, {request.by} in {region}")


def _agreed(wanted: Wanted, request: Request, first: str) -> Traits:
    """The traits of those who came first, with what the others add."""
    assert wanted.traits is not None  # noqa: S101 - the caller looked
    assert request.traits is not None  # noqa: S101 - likewise
    agreed: list[object] = []
    for what, mine, other in zip(_WORDS, wanted.traits, request.traits, strict=True):
        if mine is not None and other is not None and mine != other:
            wanted.conflicts.append(f"{first} and {request.by} differ about {what}")
        agreed.append(other if mine is None else mine)
    return Traits(*agreed)  # pyright: ignore[reportArgumentType] - one of two values of each field


def _add_disks(wanted: Wanted, request: Request, first: str) -> None:
    for lun, size in request.disks.items():
        known = wanted.disks.get(lun)
        if known is not None and size is not None and known != size:
            disk = "the operating system disk" if lun is None else f"the disk with LUN {lun}"
            wanted.conflicts.append(f"{first} expects {known} GB of {disk}, {request.by} {size} GB")
        wanted.disks[lun] = size if known is None else known
