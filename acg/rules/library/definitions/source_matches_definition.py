"""What a version is made from has the operating system, state, generation and architecture of its definition."""

from collections.abc import Iterator, Sequence
from functools import cache

from acg.azure.kinds import Kind
from acg.rules.conditions import origins_given
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex, Trait
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome, Undecided
from acg.rules.views import ImageDefinition, ImageVersion, Origin, Reference
from acg.rules.words import listing

_TRAITS: dict[Trait, str] = {
    "os_type": "operating system",
    "os_state": "OS state",
    "generation": "Hyper-V generation",
    "architecture": "architecture",
}
_STATELESS = (Kind.DISK, Kind.SNAPSHOT)
"""Kinds of sources without a state of the operating system: the definition's is taken."""

DEFAULT_GENERATION = (
    "hyperVGeneration is not declared: V1 is chosen and can never be changed, and the generation of its source is not "
    "known"
)


@azure_rule(
    code="ACG201",
    name="source-matches-definition",
    looks_at=(ImageVersion, ImageDefinition),
    why="All versions of a definition are of one kind, and Azure refuses a source of another kind. A definition that "
    "does not say its generation gets V1 and keeps it.",
    fix="Make the version from a fitting source, or in a definition that fits the source. Where the generation is not "
    "declared, declare hyperVGeneration; a definition that has the wrong one already is retired (retire: true), "
    "deployed, and declared anew.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def source_matches_definition(subject: ImageVersion | ImageDefinition, index: ResourceIndex) -> Iterator[Outcome]:
    if isinstance(subject, ImageDefinition):
        if not index.versions(subject) and _is_first_by_default(subject):
            yield subject.undecided(DEFAULT_GENERATION, "hyperVGeneration")
        return
    if not origins_given(subject, index):
        return
    definition = index.required_definition(subject)
    for reference, found in index.origins(subject):
        if "dataDiskImages" not in reference.path:
            yield from _compare(subject, definition, reference, found, index)
    for reference in index.outside(subject):
        if "dataDiskImages" not in reference.path and reference.kind is not None:
            yield _unknown(subject, definition, reference, _told_by(reference.kind))
    yield from subject.late_system_origins


def _compare(
    version: ImageVersion, definition: ImageDefinition, reference: Reference, source: Origin, index: ResourceIndex
) -> Iterator[Outcome]:
    unknown: list[Trait] = []
    for trait in _told_by(source.KIND):
        theirs, ours = index.trait(source, trait), getattr(definition, trait)
        if not theirs or not ours:
            unknown.append(trait)
        elif theirs.lower() != ours.lower():
            yield version.fails(
                f"is made from {source.title}, whose {_TRAITS[trait]} is {theirs} and not the definition's {ours}",
                reference.path,
            )
    if unknown:
        yield _unknown(version, definition, reference, unknown)


@cache
def _told_by(kind: Kind | None) -> tuple[Trait, ...]:
    """What a source of a kind has and Azure compares; managed images are for x64 alone and say nothing of it."""
    missing = "os_state" if kind in _STATELESS else "architecture" if kind is Kind.MANAGED_IMAGE else None
    return tuple([trait for trait in _TRAITS if trait != missing])


def _unknown(
    version: ImageVersion, definition: ImageDefinition, reference: Reference, traits: Sequence[Trait]
) -> Outcome:
    if "generation" in traits and _is_first_by_default(definition):
        return version.undecided(DEFAULT_GENERATION, reference.path)
    return Undecided(_reason(tuple(traits)), reference.path, version.resource)


@cache
def _reason(traits: tuple[Trait, ...]) -> str:
    what, verb = listing(_TRAITS[trait] for trait in traits), "are" if len(traits) > 1 else "is"
    return f"the {what} of its source {verb} not known"


def _is_first_by_default(definition: ImageDefinition) -> bool:
    return definition.resource.managed and not definition.declares_generation and definition.generation == "V1"


def examples() -> Examples:
    built = resource(
        "Image",
        "built",
        hyperVGeneration="V2",
        storageProfile={"osDisk": {"osType": "Linux", "osState": "Generalized"}},
    )
    base = version(image="base")
    from_base = version(storage={"source": {"id": version_id("corp/base/1.0.0")}})
    from_disk = version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}})
    linux = {"osType": "Linux", "hyperVGeneration": "V2", "supportedCapabilities": {"architecture": "x64"}}
    attached = {"id": resource_id("disks", "os")}
    data = {"lun": 0, "source": {"id": resource_id("disks", "data")}}
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd", "storageAccountId": UNKNOWN}
    return Examples(
        compliant=[
            case("a version of a like definition", built, definition("base"), base, definition(), from_base),
            case("words in another case", built, definition("base", osType="linux"), base, definition(), from_base),
            case(
                "a VHD, which says nothing about itself",
                definition(),
                version(storage={"osDiskImage": {"source": vhd}}),
            ),
            case(
                "a data disk that once held another system",
                resource("Disk", "os", **linux),
                resource("Disk", "data", osType="Windows"),
                definition(),
                version(storage={**(from_disk.inputs["storageProfile"]), "dataDiskImages": [data]}),
            ),
            case(
                "a specialized version from a disk, which has no state",
                resource("Disk", "os", **linux),
                definition(osState="Specialized"),
                from_disk,
            ),
            case("a definition without versions that says its generation", definition()),
            case("one whose API version makes it of generation 2", definition(hyperVGeneration=None, api="2025-03-03")),
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
                "a snapshot of a disk of another generation",
                resource("Disk", "os", hyperVGeneration="V1"),
                resource(
                    "Snapshot",
                    "copy",
                    creationData={"createOption": "Copy", "sourceResourceId": resource_id("disks", "os")},
                ),
                definition(),
                version(storage={"osDiskImage": {"source": {"id": resource_id("snapshots", "copy")}}}),
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
            case("a source of which nothing is known here", definition(), version()),
            case("a disk that says nothing of itself", resource("Disk", "os"), definition(), from_disk),
            case("a generation that nobody declared", definition(hyperVGeneration=None), version()),
            case("a generation that nobody declared, and no version yet", definition(hyperVGeneration=None)),
            case("a definition of which nothing is known here", resource("Disk", "os", **linux), from_disk),
            case("a disk that tells itself later", resource("Disk", "os", osType=UNKNOWN), definition(), from_disk),
            case("a source that is known later", definition(), version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
