"""A machine boots an image that has a replica in the machine's region."""

from collections.abc import Container, Iterator
from typing import Any

from acg.azure.kinds import Kind
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Booted, Machine, booted, boots_a_disk
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ImageVersion, ManagedImage, ScaleSet, VirtualMachine

OF_GALLERIES = (
    Kind.IMAGE,
    Kind.VERSION,
    Kind.LATEST,
    Kind.COMMUNITY_IMAGE,
    Kind.COMMUNITY_VERSION,
    Kind.SHARED_IMAGE,
    Kind.SHARED_VERSION,
)


@azure_rule(
    code="ACG801",
    name="image-in-region",
    looks_at=(VirtualMachine, ScaleSet),
    why="Azure creates machines only from managed images or replicas in their own region, and picks the latest version "
    "only among those that are not excluded there. Machines that exist already go on to work, and versions of a "
    "definition may also be made elsewhere, so this is an error only for what is known to be new.",
    fix="Replicate the image to the region of the machine, or include a version there in latest.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def image_in_region(machine: Machine, index: ResourceIndex, new: Container[str]) -> Iterator[Outcome]:
    image = booted(machine, index)
    if image is None:
        managed = None if boots_a_disk(machine) else index.resolve(machine.image.reference("id"))
        if isinstance(managed, ManagedImage):
            yield from _judge_managed_image(machine, managed, new)
        else:
            yield from _not_found(machine, index)
        return
    if machine.has("extendedLocation"):
        return
    if machine.location is None:
        yield machine.undecided("its own region is not known", image.path)
    elif image.version is not None:
        yield from _judge_version(machine, machine.location, image, image.version, new)
    elif image.is_latest and image.definition is not None:
        yield from _judge_latest(machine, machine.location, image, image.definition, index, new)
    else:
        yield machine.undecided(f"where {image.title} has replicas is not known", image.path)


def _not_found(machine: Machine, index: ResourceIndex) -> Iterator[Outcome]:
    """This rule alone reports it: what is not known of an image concerns every other rule about machines as well."""
    reference = machine.image.reference("id")
    if reference is None or boots_a_disk(machine):
        return
    if reference.kind is Kind.MANAGED_IMAGE:
        late = next((one for one in index.all(ManagedImage) if not one.is_named), None)
        if late is not None:
            reason = f"whether the image that it boots is {late.title} is known only after deployment"
            yield machine.undecided(reason, reference.path)
    if reference.kind not in OF_GALLERIES:
        return
    alike = index.lookalike(reference)
    if alike is not None:
        reason = f"whether the image that it boots is {alike.title} is not known, for want of a subscription"
    else:
        reason = "the image that it boots is not known here, so that nothing about it is checked"
    yield machine.undecided(reason, reference.path)


def _judge_managed_image(machine: Machine, image: ManagedImage, new: Container[str]) -> Iterator[Outcome]:
    """A managed image boots machines in its own region only.

    Source: https://github.com/MicrosoftDocs/azure-docs/issues/53728
    """
    if machine.location is None or image.location is None:
        yield machine.image.undecided(f"whether {image.title} is in its region is not known", "id")
    elif machine.location != image.location:
        severity = "error" if machine.resource.name in new else "warning"
        message = f"boots {image.title} in {machine.location}, which boots machines in {image.location} alone"
        yield machine.image.fails(message, "id", severity=severity)


def _judge_version(
    machine: Machine, region: str, image: Booted, version: ImageVersion, new: Container[str]
) -> Iterator[Outcome]:
    regions = version.replica_regions
    if regions is None:
        yield machine.undecided(f"where {version.title} has replicas is not known", image.path)
    elif region not in regions:
        severity = "error" if machine.resource.name in new else "warning"
        yield machine.fails(
            f"boots {version.title} in {region}, where that has no replica", image.path, severity=severity
        )


def _judge_latest(
    machine: Machine,
    region: str,
    image: Booted,
    definition: ImageDefinition,
    index: ResourceIndex,
    new: Container[str],
) -> Iterator[Outcome]:
    has_replica = False
    versions = index.versions(definition)
    doubtful = not versions or not definition.resource.managed or bool(index.without_parent(ImageVersion))
    for one in versions:
        regions = one.replica_regions
        if regions is None:
            doubtful = True
        elif region in regions:
            if not _is_excluded(one, region):
                return
            has_replica = True
    if doubtful:
        yield machine.undecided(f"not all versions of {definition.title} are known", image.path)
        return
    certain = machine.resource.name in new and definition.resource.name in new
    cause = "each of its versions is excluded from latest" if has_replica else "none of its versions has a replica"
    yield machine.fails(
        f"boots {image.title} in {region}, where {cause}",
        image.path,
        severity="error" if certain else "warning",
    )


def _is_excluded(version: ImageVersion, region: str) -> bool:
    """Whether Azure passes over a version when it looks for the latest one in a region."""
    replication = version.replication
    for target in replication.targets:
        if target.region == region:
            own = target.excluded_from_latest
            return replication.excluded_from_latest if own is None else own
    return replication.excluded_from_latest


def examples() -> Examples:
    def machine(image: object, location: object = "eastus", **inputs: Any) -> Any:
        storage = {"imageReference": {"id": image}}
        return resource("VirtualMachine", "web", location=location, storageProfile=storage, **inputs)

    def scale_set(image: object) -> Any:
        profile = {"storageProfile": {"imageReference": {"id": image}}}
        return resource("VirtualMachineScaleSet", "web", location="eastus", virtualMachineProfile=profile)

    ubuntu, first = resource_id("galleries", "corp/images/ubuntu"), version_id("corp/ubuntu/1.0.0")
    built = resource_id("images", "built")
    both, hidden = ["westeurope", "eastus"], {"excludeFromLatest": True}
    out_there, back_here = ({"name": "East US", "excludeFromLatest": out} for out in (True, False))
    return Examples(
        compliant=[
            case("a version with a replica there", version(regions=both), machine(first, "East US")),
            case("the latest of two", definition(), version(), version("1.1.0", regions=both), machine(ubuntu)),
            case("an excluded version by its number", version(regions=both, profile=hidden), machine(first)),
            case(
                "excluded everywhere but there",
                definition(),
                version(regions=["westeurope", back_here], profile=hidden),
                machine(f"{ubuntu}/versions/latest"),
            ),
            case(
                "a version without target regions, in its own",
                version(profile={"targetRegions": None}),
                machine(first, "westeurope"),
            ),
            case("a managed image", machine(built)),
            case("a managed image of its region", resource("Image", "built"), machine(built, "West Europe")),
            case(
                "a machine in an edge zone",
                version(),
                machine(first, extendedLocation={"name": "microsoftlosangeles1"}),
            ),
        ],
        noncompliant=[
            case("a managed image of another region: a warning", resource("Image", "built"), machine(built)),
            case("a version without a replica there: a warning", version(), machine(first)),
            case(
                "no version with a replica there: a warning",
                definition(),
                version(),
                version("1.1.0"),
                scale_set(ubuntu),
            ),
            case(
                "each version excluded: a warning", definition(), version(regions=both, profile=hidden), machine(ubuntu)
            ),
            case(
                "each version excluded there: a warning",
                definition(),
                version(regions=["westeurope", out_there]),
                machine(ubuntu),
            ),
        ],
        undecided=[
            case("a machine without a region", version(), machine(first, None)),
            case("a version that others make", definition(), version(), machine(version_id("corp/ubuntu/9.0.0"))),
            case("an image of which nothing is known here", machine(first)),
            case(
                "an image of the provider's subscription, which is not known",
                version(subscription=None),
                machine(first),
            ),
            case("a definition whose versions others make", definition(), machine(ubuntu)),
            case("an image that is known later", machine(UNKNOWN)),
            case("a managed image whose name is known later", resource("Image", UNKNOWN), machine(built)),
            case("target regions that are known later", definition(), version(regions=UNKNOWN), machine(ubuntu)),
        ],
    )
