"""What a version is made from has the operating system, state, generation and architecture of its definition."""

from collections.abc import Iterator

from acg.rules.conditions import origins_known
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ImageVersion, Origin

Compared = tuple[str, str | None, str | None]
"""What is compared, as the source has it, as the definition has it."""


@azure_rule(
    code="ACG201",
    name="source-matches-definition",
    looks_at=ImageVersion,
    only_if=origins_known,
    why="All versions of a definition are of one kind, and Azure refuses a source of another kind.",
    fix="Make the version from a fitting source, or in a definition that fits the source.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def source_matches_definition(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    for reference, found in index.origins(version):
        definition = index.definition(version)
        if definition is None or "dataDiskImages" in reference.path:
            continue
        for what, theirs, ours in _traits(found, definition, index):
            if theirs and ours and theirs.lower() != ours.lower():
                yield version.fails(
                    f"is made from {found.title}, whose {what} is {theirs} and not the definition's {ours}",
                    reference.path,
                )
    yield from version.late_origins


def _traits(source: Origin, definition: ImageDefinition, index: ResourceIndex) -> Iterator[Compared]:
    yield "operating system", index.trait(source, "os_type"), definition.os_type
    yield "operating system state", index.trait(source, "os_state"), definition.os_state
    yield "Hyper-V generation", index.trait(source, "generation"), definition.generation
    yield "architecture", index.trait(source, "architecture"), definition.architecture


def examples() -> Examples:
    base = version(image="base")
    from_base = version(storage={"source": {"id": version_id("corp/base/1.0.0")}})
    from_disk = version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}})
    attached = {"id": resource_id("disks", "os")}
    data = {"lun": 0, "source": {"id": resource_id("disks", "data")}}
    return Examples(
        compliant=[
            case("a version of a like definition", definition("base"), base, definition(), from_base),
            case("words in another case", definition("base", osType="linux"), base, definition(), from_base),
            case("a disk that says nothing of itself", resource("Disk", "os"), definition(), from_disk),
            case("a definition that exists elsewhere", resource("Disk", "os", osType="Windows"), from_disk),
            case(
                "a data disk that once held another system",
                resource("Disk", "data", osType="Windows"),
                definition(),
                version(storage={**(from_disk.inputs["storageProfile"]), "dataDiskImages": [data]}),
            ),
            case(
                "a specialized version from a disk, which has no state",
                resource("Disk", "os", osType="Linux"),
                definition(osState="Specialized"),
                from_disk,
            ),
        ],
        noncompliant=[
            case("another operating system", definition("base", osType="Windows"), base, definition(), from_base),
            case("another state", definition("base", osState="Specialized"), base, definition(), from_base),
            case(
                "another generation, by default",
                definition("base", hyperVGeneration=None),
                base,
                definition(),
                from_base,
            ),
            case("another architecture", definition("base", architecture="Arm64"), base, definition(), from_base),
            case(
                "a disk of another generation", resource("Disk", "os", hyperVGeneration="V1"), definition(), from_disk
            ),
            case(
                "a machine with a disk of another generation",
                resource("Disk", "os", hyperVGeneration="V1"),
                resource("VirtualMachine", "golden", storageProfile={"osDisk": {"managedDisk": attached}}),
                definition(osState="Specialized"),
                version(storage={"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}}),
            ),
            case(
                "a managed image of another system",
                resource("Image", "built", storageProfile={"osDisk": {"osType": "Windows", "osState": "Generalized"}}),
                definition(),
                version(),
            ),
        ],
        undecided=[
            case("a disk that tells itself later", resource("Disk", "os", osType=UNKNOWN), definition(), from_disk),
            case("a source that is known later", definition(), version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
