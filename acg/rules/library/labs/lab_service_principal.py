"""A role is assigned to the object id of Azure Lab Services, not to its application id."""

from collections.abc import Iterator

from acg.azure.lab_services import ACCOUNTS_APPLICATION, PLANS_APPLICATION, object_id_command
from acg.rules.examples import UNKNOWN, Examples, case
from acg.rules.library.labs._examples import role
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import RoleAssignment

SERVES = {PLANS_APPLICATION: "lab plans", ACCOUNTS_APPLICATION: "lab accounts"}


@azure_rule(
    code="ACG853",
    name="lab-service-principal",
    looks_at=RoleAssignment,
    why="The application ids of Azure Lab Services are the same in every tenant. A role assignment takes the object id "
    "that the application has in yours; with another id the service has no role.",
    fix="Write the object id of the enterprise application Azure Lab Services in your tenant.",
    source="https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery",
)
def lab_service_principal(assignment: RoleAssignment) -> Iterator[Failure]:
    serves = SERVES.get(principal) if (principal := assignment.principal) else None
    if principal and serves:
        yield assignment.fails(
            f"is for {principal}, the application id of Azure Lab Services for {serves}, not its object id",
            "principalId",
            fix=f"Write what `{object_id_command(principal)}` prints.",
        )


def examples() -> Examples:
    return Examples(
        compliant=[case("the object id of a tenant", role())],
        noncompliant=[
            case("the application of lab plans", role(principalId=PLANS_APPLICATION.upper())),
            case("the application of lab accounts", role(principalId=ACCOUNTS_APPLICATION)),
        ],
        undecided=[case("a principal that is known later", role(principalId=UNKNOWN))],
    )
