"""Azure Lab Services owns no gallery with images that are not for labs."""

from collections.abc import Iterator

from acg.azure.lab_services import OWNER
from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, resource_id
from acg.rules.index import ResourceIndex
from acg.rules.library.labs._examples import account, plan, role
from acg.rules.library.labs._offered import attached, definitions
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import Gallery, LabAccount, LabPlan, OfLabs, RoleAssignment
from acg.rules.words import listing


@azure_rule(
    code="ACG859",
    name="lab-gallery-exposed",
    looks_at=RoleAssignment,
    severity="warning",
    why="An owner can delete what is in the gallery, and give others roles on it. A service for classrooms need not "
    "be able to do so to images that are not for classrooms.",
    fix="Move the other images to a gallery of their own, offer them, or give the service Contributor.",
    source="https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery",
)
def lab_gallery_exposed(assignment: RoleAssignment, index: ResourceIndex) -> Iterator[Outcome]:
    if not (index.all(LabPlan) or index.all(LabAccount)):
        return
    if not (assignment.is_for_service and assignment.is_of_role(OWNER)):
        return
    own = index.resolve(assignment.reference("scope"))
    if not isinstance(own, Gallery) or not (plans := _plans_of(own, index)):
        return
    offered: set[str] = set()
    for one in plans:
        if one.offered is None:
            yield assignment.undecided(f"what {one.called} offers is not said", "scope")
            return
        offered |= {name.lower() for name in one.offered}
    if any(not one.is_named for one in definitions(own, index)):
        yield assignment.undecided("the names of its images are known only after deployment", "scope")
        return
    others = [one for one in definitions(own, index) if one.known_name not in offered]
    if others:
        images = listing(one.title for one in others)
        yield assignment.fails(f"makes the service the owner of {images}, which no lab plan offers", "roleDefinitionId")


def _plans_of(gallery: Gallery, index: ResourceIndex) -> list[OfLabs]:
    return [one for one in (*index.all(LabPlan), *index.all(LabAccount)) if attached(one, index) is gallery]


def examples() -> Examples:
    both = (gallery(), definition(), definition("debian"))
    return Examples(
        compliant=[
            case("all images offered", *both, role(), plan(images=("ubuntu", "Debian"))),
            case("offered by two plans", *both, role(), plan(), account(images=("debian",))),
            case("Contributor", *both, role("b24988ac-6180-42a0-ab88-20f7382dd24c"), plan()),
            case("a gallery that no plan has", *both, role(), plan(sharedGalleryId=None)),
            case(
                "a role on what is not known here",
                definition(gallery="teaching"),
                role(scope=resource_id("galleries", "teaching")),
                plan(sharedGalleryId=None),
            ),
            case("somebody's role in a stack without labs", *both, role()),
        ],
        noncompliant=[case("an image that no plan offers", *both, role(), plan())],
        undecided=[
            case("a plan that does not say what it offers", *both, role(), plan(images=None)),
            case("a role that is known later", *both, role(roleDefinitionId=UNKNOWN), plan()),
        ],
    )
