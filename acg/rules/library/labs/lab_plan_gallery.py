"""What is attached to a lab plan or a lab account is a gallery of its own region."""

from collections.abc import Iterator

from acg.azure.kinds import Kind
from acg.rules.examples import UNKNOWN, Examples, case, gallery, resource_id, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.labs._examples import GALLERY_ID, account, plan
from acg.rules.library.labs._offered import attached
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import LabAccount, LabPlan

AT = "sharedGalleryId"


@azure_rule(
    code="ACG852",
    name="lab-plan-gallery",
    looks_at=(LabPlan, LabAccount),
    judges_existing=True,
    why="Labs take images from a gallery as a whole, never from one image, and not from galleries that others share. "
    "Two of Microsoft's pages want the gallery in the region of the plan, others only the images; a gallery elsewhere "
    "is therefore a warning.",
    fix="Give the id of the gallery, and put the gallery and the plan into one region.",
    source="https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery",
)
def lab_plan_gallery(plan: LabPlan | LabAccount, index: ResourceIndex) -> Iterator[Outcome]:
    reference = plan.gallery
    if reference is None:
        return
    found = index.resolve(reference)
    kind = found.KIND if found is not None else None if reference.id is None else reference.kind
    if reference.fault:
        yield plan.fails(f"has for its gallery what is no resource id: it {reference.fault}", AT)
    elif kind not in (None, Kind.GALLERY):
        yield plan.fails(f"has for its gallery the id of the {kind} {reference}", AT)
    elif (own := attached(plan, index)) is None or not own.location or not plan.location:
        yield plan.undecided("its region or that of its gallery is not known here", AT)
    elif own.location != plan.location:
        yield plan.fails(f"lives in {plan.location}, and its gallery in {own.location}", AT, severity="warning")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("a gallery of its region", gallery(location="West Europe"), plan()),
            case("no gallery", plan(sharedGalleryId=None)),
        ],
        noncompliant=[
            case("an image", plan(sharedGalleryId=f"{GALLERY_ID}/images/ubuntu")),
            case("a version", account(sharedGalleryId=version_id("corp/ubuntu/1.0.0"))),
            case("a disk", plan(sharedGalleryId=resource_id("disks", "data"))),
            case("a community gallery", plan(sharedGalleryId="/CommunityGalleries/contoso-1")),
            case("a name", plan(sharedGalleryId="corp")),
            case("a gallery of another region: a warning", gallery(location="northeurope"), plan()),
        ],
        undecided=[
            case("a gallery of which nothing is known here", plan()),
            case("a gallery that is known later", plan(sharedGalleryId=UNKNOWN)),
        ],
    )
