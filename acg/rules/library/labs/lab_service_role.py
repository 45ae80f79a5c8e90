"""Azure Lab Services has a role on the gallery that is attached."""

from collections.abc import Iterator

from acg.azure.lab_services import CONTRIBUTOR, OWNER
from acg.rules.examples import UNKNOWN, Examples, case, gallery
from acg.rules.index import ResourceIndex
from acg.rules.library.labs._examples import account, plan, role
from acg.rules.library.labs._offered import attached
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome, UnknownValueError
from acg.rules.views import Gallery, LabAccount, LabPlan, RoleAssignment

READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


@azure_rule(
    code="ACG854",
    name="lab-service-role",
    looks_at=(LabPlan, LabAccount),
    judges_existing=True,
    severity="warning",
    why="Without a role on the gallery the service can neither list its images nor save one. Microsoft documents Owner "
    "for lab plans; Contributor is what the service gives itself for lab accounts, and what works for Terraform.",
    fix="Give servicePrincipal: the object id of Azure Lab Services in your tenant. Suppress this if the role is "
    "assigned elsewhere.",
    source="https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery",
)
def lab_service_role(plan: LabPlan | LabAccount, index: ResourceIndex) -> Iterator[Outcome]:
    try:
        own = attached(plan, index)
    except UnknownValueError:
        return  # lab-plan-gallery speaks of it
    if own is None or not own.resource.managed:
        return
    doubtful = False
    for assignment in index.all(RoleAssignment):
        try:
            if _reaches(assignment, own, index) and any(map(assignment.is_of_role, (OWNER, CONTRIBUTOR))):
                return
        except UnknownValueError:
            doubtful = True
    if doubtful:
        yield plan.undecided(
            "what role is assigned on which resource is known only after deployment", "sharedGalleryId"
        )
    else:
        yield plan.fails("has a gallery on which nobody gets Owner or Contributor", "sharedGalleryId")


def _reaches(assignment: RoleAssignment, gallery: Gallery, index: ResourceIndex) -> bool:
    """Whether an assignment is on the gallery, on its group, or on a subscription."""
    scope = assignment.reference("scope")
    if scope is None:
        return False
    found = index.resolve(scope)
    if found is not None:
        return found is gallery or found.KIND.value == "resource group"
    group = (gallery.resource_group or "").lower()
    above = scope.key.partition("/resourcegroups/")[2]
    return above in ("", group, f"{group}/providers/microsoft.compute/galleries/{gallery.known_name}")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("Owner", gallery(), role(), plan()),
            case("Contributor", gallery(), role(CONTRIBUTOR), account()),
            case("a role on the subscription", gallery(), role(scope="/subscriptions/1"), plan()),
            case("a gallery of which nothing is known here", plan()),
            case("a gallery that is known later", gallery(), plan(sharedGalleryId=UNKNOWN)),
            case("no gallery", gallery(), plan(sharedGalleryId=None)),
        ],
        noncompliant=[
            case("no role", gallery(), plan()),
            case("a role without a scope", gallery(), role(scope=None), plan()),
            case("Reader, which is not enough", gallery(), role(READER), plan()),
            case(
                "a role on another gallery",
                gallery(),
                gallery("dev"),
                role(scope=plan().inputs["sharedGalleryId"][:-4] + "dev"),
                account(),
            ),
        ],
        undecided=[
            case("a role that is known later", gallery(), role(roleDefinitionId=UNKNOWN), plan()),
            case("a scope that is known later", gallery(), role(scope=UNKNOWN), plan()),
        ],
    )
