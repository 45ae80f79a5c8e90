"""Which images of a gallery labs are offered, and which version they would take.

OS disks of up to 128 GB and no further disks, with a replica in the plan's region; labs take the highest number.
Source: MicrosoftDocs/azure-docs articles/lab-services/how-to-attach-detach-shared-image-gallery.md and
administrator-guide.md. "Less than 128 GB is supported" and "more than 128 GB is not shown" leave 128 open: here it is
shown. Whether labs would take a lower version than one that is excluded or lacks the region is documented nowhere: here
they do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.providers.gallery.latest import replicated
from acg_sandbox.arm.state.state import State
from acg_sandbox.arm.state.store import Resource

LARGEST_GB = 128


def definitions(state: State, gallery: str, regions: Sequence[str]) -> Iterator[tuple[Resource, Resource]]:
    """The image definitions that labs are offered, each with the version that they take.

    Args:
        state: The embedded Azure's.
        gallery: The id of the gallery.
        regions: Regions of which one must hold the version.
    """
    for definition in state.store.collection(f"{gallery.lower()}/images", "", -1):
        version = taken(state, definition)
        if version is not None and _is_small(version) and any(replicated(version, canonical(r)) for r in regions):
            yield definition, version


def taken(state: State, definition: Resource) -> Resource | None:
    """The version with the highest number, as three integers, that Azure has finished."""
    versions = [
        version
        for version in state.store.collection(f"{definition.address.key}/versions", "", -1)
        if version.properties.get("provisioningState") in {"Succeeded", "Updating"}
    ]
    return max(versions, key=_number, default=None)


def _number(version: Resource) -> tuple[int, ...]:
    return tuple(int(part) for part in version.body["name"].split("."))


def _is_small(version: Resource) -> bool:
    disks = version.properties["storageProfile"]
    size = (disks.get("osDiskImage") or {}).get("sizeInGB")
    return not disks.get("dataDiskImages") and (size is None or size <= LARGEST_GB)
