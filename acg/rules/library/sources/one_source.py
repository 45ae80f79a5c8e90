"""A version is made from one resource, or from one source for each of its disks."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.rules.examples import GROUP, UNKNOWN, Examples, case, resource_id, version, version_id
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import DiskImage, ImageVersion
from acg.rules.words import listing


@azure_rule(
    code="ACG301",
    name="one-source",
    looks_at=ImageVersion,
    why="Azure makes a version either from one whole resource or from single disks, and wants exactly one source for "
    "each of them.",
    fix="Give storageProfile.source, or a source for the operating system disk and for each data disk.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def one_source(version: ImageVersion) -> Iterator[Failure]:
    whole = version.source.given
    if len(whole) == 1 and not version.disks:
        return
    if len(whole) > 1:
        # One machine in both inputs is one source; whether Azure sees it so is not written anywhere.
        severity = "warning" if _is_one_machine(version, whole) else None
        yield version.fails(f"has more than one source, {listing(whole)}", "storageProfile.source", severity=severity)
    sourced = [disk for disk in version.disks if disk.source.is_given]
    if whole:
        if sourced:
            yield version.fails("has a source as a whole and others for single disks", "storageProfile.source")
    elif version.storage.has("osDiskImage") and version.os_disk.source.is_given:
        yield from _disks(version)
    elif sourced:
        yield version.fails("has sources for its data disks and none for its operating system disk", "storageProfile")
    elif not version.flag("restore"):
        yield version.fails("has no source", "storageProfile")


def _is_one_machine(version: ImageVersion, given: tuple[str, ...]) -> bool:
    """Whether two inputs name the same virtual machine, which either of them may."""
    one, other = version.source.id, version.source.virtual_machine
    return len(given) == 2 and one is not None and other is not None and one.key == other.key


def _disks(version: ImageVersion) -> Iterator[Failure]:
    for disk in version.disks:
        if not disk.source.is_given:
            yield disk.fails(f"has a data disk at LUN {disk.lun} without a source", "source")
        elif disk.source.has("uri") and _is_disk(disk):
            yield disk.fails("has a disk that is made from a VHD and from a disk at once", "source")


def _is_disk(disk: DiskImage) -> bool:
    return disk.source.id is not None and disk.source.id.kind in (Kind.DISK, Kind.SNAPSHOT)


def examples() -> Examples:
    disk = {"source": {"id": resource_id("disks", "os")}}
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd"}
    machine = resource_id("virtualMachines", "golden")
    return Examples(
        compliant=[
            case("a managed image", version()),
            case(
                "a disk for the system and one for data",
                version(
                    storage={
                        "osDiskImage": disk,
                        "dataDiskImages": [{"lun": 0, "source": {"id": resource_id("snapshots", "data")}}],
                    }
                ),
            ),
            case(
                "a whole source, and how one of its disks is cached",
                version(
                    storage={
                        "source": {"id": version_id("corp/base/1.0.0")},
                        "osDiskImage": {"hostCaching": "ReadWrite"},
                    }
                ),
            ),
            case(
                "sizes read back beside the source",
                version(
                    storage={
                        "source": {"id": version_id("corp/base/1.0.0")},
                        "osDiskImage": {"sizeInGB": 30},
                        "dataDiskImages": [{"lun": 0, "sizeInGB": 64}],
                    }
                ),
            ),
            case("a version restored from the deleted ones", version(storage={}, restore=True)),
            case(
                "a VHD with its storage account as old API versions want it",
                version(
                    storage={
                        "osDiskImage": {
                            "source": {
                                **vhd,
                                "id": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/contoso",
                            }
                        }
                    }
                ),
            ),
        ],
        noncompliant=[
            case("nothing", version(storage={})),
            case("an empty source", version(storage={"source": {}})),
            case(
                "two whole sources",
                version(storage={"source": {"id": resource_id("images", "built"), "virtualMachineId": machine}}),
            ),
            case(
                "one machine, named by both inputs: a warning",
                version(storage={"source": {"id": machine, "virtualMachineId": machine.upper()}}),
            ),
            case(
                "a whole source and a disk",
                version(storage={"source": {"id": resource_id("images", "built")}, "osDiskImage": disk}),
            ),
            case("a data disk alone", version(storage={"dataDiskImages": [{"lun": 0, **disk}]})),
            case("a data disk from nothing", version(storage={"osDiskImage": disk, "dataDiskImages": [{"lun": 0}]})),
            case(
                "a disk made from two things",
                version(storage={"osDiskImage": {"source": {**vhd, "id": resource_id("disks", "os")}}}),
            ),
        ],
        undecided=[
            case("a source that is known later", version(storage={"source": UNKNOWN})),
            case("whether it is restored is known later", version(storage={}, restore=UNKNOWN)),
        ],
    )
