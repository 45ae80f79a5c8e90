"""The role that Azure Lab Services has on a gallery: one assignment, however many plans share the gallery."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from acg.azure import kinds
from acg.azure.lab_services import ROLES
from acg.catalog.models import Catalog
from acg.catalog.models.labs import LabPlan, ServicePrincipal
from acg.catalog.placeholder import Placeholder
from acg.desired import names
from acg.desired.labs.attached import Attachable, attached
from acg.desired.resource import Derived, Resource, literal
from acg.errors import Problem
from acg.path import Path
from acg.suggest import suggest

_ROLE_IDS: Final = {name.lower(): (name, id_) for name, id_ in ROLES.items()}


class Wanted(NamedTuple):
    """A role that a plan or an account asks for."""

    principal: str | Placeholder
    role: str
    """Name of the role, as Azure spells it."""
    path: Path
    """Where it is declared."""

    @property
    def key(self) -> str:
        """What tells the principal from others, in names."""
        return self.principal if isinstance(self.principal, str) else f"#{self.path[1]}"


def all_of(catalog: Catalog) -> Iterator[tuple[Path, Attachable]]:
    """Every plan and account of a catalog, with its path."""
    for key, plan in catalog.lab_plans.items():
        yield ("labPlans", key), plan
    for key, account in catalog.lab_accounts.items():
        yield ("labAccounts", key), account


def role_of(principal: ServicePrincipal, of: Attachable) -> str | None:
    """The role that a plan or an account asks for, as Azure spells it; None for one that the service cannot use."""
    default = "Owner" if isinstance(of, LabPlan) else "Contributor"
    return _ROLE_IDS.get((principal.role or default).lower(), (None, ""))[0]


def roles_on(catalog: Catalog, gallery: str) -> tuple[list[Wanted], list[Problem]]:
    """The roles on a gallery of the catalog, one for each principal, and what is wrong with what is declared."""
    found: dict[str, Wanted] = {}
    problems: list[Problem] = []
    readers = {reader.principal_id for reader in catalog.galleries[gallery].readers}
    for path, one in all_of(catalog):
        place = attached(catalog, one)
        if place is None or place.key != gallery or one.service_principal is None:
            continue
        if (role := role_of(one.service_principal, one)) is None:
            continue  # reported with the plan
        new = Wanted(one.service_principal.object_id, role, (*path, "servicePrincipal"))
        first = found.setdefault(new.key.lower(), new)
        if first.role != role:
            problems.append(_two_roles(new, first, gallery))
        elif first is new and new.principal in readers:
            problems.append(_reader(new, gallery))
    return list(found.values()), problems


def lower_role(gallery: Resource, one: Wanted) -> Resource:
    """The role assignment on a gallery. Its name, a GUID, follows from the gallery's id and the principal."""
    role = "/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/" + ROLES[one.role]
    return Resource(
        type=kinds.ROLE_ASSIGNMENT,
        name=names.service_role(gallery.name, one.role, one.key),
        inputs={
            "scope": Derived(gallery.name),
            "roleAssignmentName": Derived(
                gallery.name, f"{{id}}/lab-services/{one.role.lower()}/{literal(one.key.lower())}", as_uuid=True
            ),
            "roleDefinitionId": Derived(gallery.name, role),
            "principalId": one.principal,
            "principalType": "ServicePrincipal",
        },
        parent=gallery.name,
        path=one.path,
        subscription=gallery.subscription,
        suppressed=gallery.suppressed,
    )


def unknown_role(principal: ServicePrincipal, path: Path) -> Problem:
    """A role with which the service cannot read a gallery."""
    near = suggest(principal.role or "", list(ROLES))
    return Problem(
        code="ACG011",
        message=f"role {principal.role!r} does not let Azure Lab Services use a gallery",
        fix=f"Did you mean {near[0]}?" if near else "Write Owner or Contributor.",
        path=(*path, "servicePrincipal", "role"),
    )


def _two_roles(one: Wanted, first: Wanted, gallery: str) -> Problem:
    return Problem(
        code="ACG011",
        message=f"{one.principal} gets {one.role} on gallery {gallery} here, and {first.role} from {first.path[1]}",
        why="A principal has one role on a gallery, however many lab plans share the gallery.",
        fix="Give all of them the same role.",
        path=one.path,
    )


def _reader(one: Wanted, gallery: str) -> Problem:
    return Problem(
        code="ACG011",
        message=f"{one.principal} gets {one.role} on gallery {gallery}, and is a reader of the gallery, too",
        fix=f"Remove it from the readers of {gallery}: {one.role} includes reading.",
        path=one.path,
    )
