"""Labs can list the images that they are offered: one small disk."""

from collections.abc import Iterator

from acg.azure.lab_services import LARGEST_OS_DISK_GB
from acg.desired.resource import Resource
from acg.path import Path
from acg.rules.disk_sizes import DiskSize, disk_sizes
from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, version
from acg.rules.index import ResourceIndex
from acg.rules.library.labs._examples import IMAGE_ID, account, lab, plan
from acg.rules.library.labs._offered import Offering, attached, definitions, offers, taken, uses, verb
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure, Outcome, UnknownValueError
from acg.rules.views import ImageVersion, Lab, LabAccount, LabPlan


@azure_rule(
    code="ACG855",
    name="lab-image-listed",
    looks_at=(LabPlan, LabAccount, Lab),
    judges_existing=True,
    why="Labs do not list an image whose highest version has a data disk, or an operating system disk of more than 128 "
    "GB. “Less than 128 GB is supported”, says the same page; whether exactly 128 is, the sources leave open.",
    fix="Make the next version from a single disk below 128 GB, or take the image off the plan's images.",
    source="https://learn.microsoft.com/azure/lab-services/how-to-use-shared-image-gallery",
)
def lab_image_listed(by: Offering, index: ResourceIndex) -> Iterator[Outcome]:
    if not isinstance(by, Lab) and by.offered is None:
        yield from _nothing_listed(by, index)
    for offer in offers(by, index):
        found = taken(offer.definition, index) if offer.definition is not None else None
        if found is None:
            yield by.undecided(f"no version of {offer.name} is known here", offer.path)
            continue
        problem = _problem(found, index)
        if problem is None:
            if not any(disk.is_system and disk.gb is not None for disk in disk_sizes(found, index)):
                yield by.undecided(f"the size of the operating system disk of {found.title} is not known", offer.path)
            continue
        has, path, is_certain = problem
        severity = None if is_certain else "warning"
        if found.resource.managed:
            yield found.fails(f"has {has}, and {uses(by)}", path, severity=severity)
        else:
            yield by.fails(f"{verb(by)} {found.title}, which has {has}", offer.path, severity=severity)


def _problem(version: ImageVersion, index: ResourceIndex) -> tuple[str, Path, bool] | None:
    """What keeps labs from listing a version, where it is, and whether all sources say so."""
    sizes = disk_sizes(version, index)
    if data := next(filter(_is_data, sizes), None):
        return data.title, data.path, True
    system = next((disk for disk in sizes if disk.is_system), None)
    if system is None or system.gb is None or system.gb < LARGEST_OS_DISK_GB:
        return None
    return f"{system.title} of {system.gb:,} GB", system.path, system.gb > LARGEST_OS_DISK_GB


def _is_data(disk: DiskSize) -> bool:
    return disk.lun is not None or not disk.may_be_system


def _nothing_listed(by: LabPlan | LabAccount, index: ResourceIndex) -> Iterator[Failure]:
    """A plan that does not say what it offers is of no use if its gallery has images and not one can be listed."""
    if (own := attached(by, index)) is None:
        return
    listed = [_can_be_listed(version, by, index) for one in definitions(own, index) if (version := taken(one, index))]
    if listed and not any(listed) and len(listed) == len(definitions(own, index)):
        yield by.fails("has a gallery of which labs can list no image", "sharedGalleryId", severity="warning")


def _can_be_listed(version: ImageVersion, by: LabPlan | LabAccount, index: ResourceIndex) -> bool:
    """Whether nothing is known that keeps labs from listing a version."""
    problem = _problem(version, index)
    try:
        regions = version.replica_regions
    except UnknownValueError:
        regions = None
    is_there = isinstance(by, LabAccount) or regions is None or not by.location or by.location in regions
    return is_there and (problem is None or not problem[2])


def examples() -> Examples:
    def sized(gb: int, number: str = "1.0.0", **sizes: int) -> Resource:
        return version(number, expected_sizes={None: gb, **{int(lun[1:]): size for lun, size in sizes.items()}})

    ubuntu = (gallery(), definition())
    return Examples(
        compliant=[
            case("a small disk", *ubuntu, sized(127), plan()),
            case("an older version that is large", *ubuntu, sized(256), sized(64, "1.0.1"), plan()),
            case("an image that nobody offers", *ubuntu, sized(256), plan(images=())),
            case("a plan that does not say what it offers", *ubuntu, sized(64), plan(images=None)),
            case("one whose regions are known later", *ubuntu, version(regions=UNKNOWN), plan(images=None)),
            case("a lab", *ubuntu, sized(64), plan(), lab({"id": IMAGE_ID})),
            case("a lab from the Marketplace", lab({"publisher": "canonical", "offer": "focal", "sku": "lts"})),
        ],
        noncompliant=[
            case("a larger disk", *ubuntu, sized(129), plan()),
            case("exactly 128 GB: a warning", *ubuntu, sized(128), plan()),
            case("a data disk", *ubuntu, sized(64, _0=32), account()),
            case("a lab", *ubuntu, sized(256), plan(images=()), lab({"id": IMAGE_ID})),
            case("not one image that could be listed: a warning", *ubuntu, sized(256), plan(images=None)),
        ],
        undecided=[
            case("a size that is not known", *ubuntu, version(), plan()),
            case("no version", *ubuntu, plan()),
            case("a lab of an image of which nothing is known here", lab({"id": IMAGE_ID})),
            case("an image of which nothing is known here", gallery(), plan()),
            case("a gallery of which nothing is known here", plan()),
            case("a gallery that is known later", *ubuntu, sized(256), plan(sharedGalleryId=UNKNOWN)),
        ],
    )
