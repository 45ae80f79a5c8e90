"""Lab plans, lab accounts and labs of Azure Lab Services as the rules read them, and roles on galleries."""

from __future__ import annotations

from acg.azure import kinds
from acg.azure.lab_services import ROLES
from acg.catalog.placeholder import Placeholder
from acg.desired.names import role_of
from acg.desired.resource import Derived
from acg.rules.views.base import Part, View
from acg.rules.views.lazy import lazy
from acg.rules.views.reference import Reference


class OfLabs(View):
    """A lab plan or a lab account."""

    @property
    def gallery(self) -> Reference | None:
        """Id of the gallery that is attached."""
        return self.reference("sharedGalleryId")

    @property
    def offered(self) -> tuple[str, ...] | None:
        """Names of the definitions that it offers; None if nobody says."""
        return self.resource.offered

    @property
    def called(self) -> str:
        """How messages about others call it."""
        name = self.inputs.get(self.NAME)
        return f"{self.KIND} {name}" if isinstance(name, str) else self.title


class LabPlan(OfLabs, token=kinds.LAB_PLAN):
    """A lab plan."""


class LabAccount(OfLabs, row=kinds.LAB_ACCOUNT_KIND):
    """A lab account, which a catalog refers to."""


class Lab(View, token=kinds.LAB):
    """A lab."""

    @lazy
    def image(self) -> Part:
        """The ``imageReference`` that its machines are made from."""
        return self.part("virtualMachineProfile", Part).part("imageReference", Part)

    @property
    def plan(self) -> Reference | None:
        """Id of its lab plan."""
        return self.reference("labPlanId")

    @property
    def called(self) -> str:
        """How messages about others call it."""
        name = self.inputs.get(self.NAME)
        return f"lab {name}" if isinstance(name, str) else self.title


class RoleAssignment(View, token=kinds.ROLE_ASSIGNMENT):
    """The assignment of a role to a principal."""

    @property
    def principal(self) -> str | None:
        """Object id of the principal, in lower case."""
        found = self.text("principalId")
        return found.lower() if found else None

    @property
    def is_for_service(self) -> bool:
        """Whether the principal is said to be a service principal."""
        return (self.text("principalType") or "").lower() == "serviceprincipal"

    def is_of_role(self, guid: str) -> bool:
        """Whether it assigns the built-in role of an id.

        Raises:
            UnknownValueError: if the role is known only after deployment.
        """
        given = self.inputs.get("roleDefinitionId")
        if isinstance(given, Placeholder) and (named := role_of(self.resource.name)):
            # Its id begins with the gallery's subscription, so a first preview does not know it; the name says it.
            return _ROLES.get(named) == guid
        text = given.template if isinstance(given, Derived) else self.text("roleDefinitionId") or ""
        return text.lower().endswith(guid)


_ROLES = {name.lower(): id_ for name, id_ in ROLES.items()}
