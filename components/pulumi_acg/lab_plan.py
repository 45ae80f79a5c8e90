"""One lab plan of Azure Lab Services, attached to a gallery."""

from dataclasses import replace
from typing import Final, Self

import pulumi
from pydantic import Field

from acg.azure import kinds
from acg.catalog.models import Catalog
from acg.catalog.models.labs import LabPlan as CatalogPlan
from acg.catalog.models.labs import PlanSettings
from acg.catalog.placeholder import OutputText
from acg.desired import Derived, Resource
from acg.desired.formerly import LAB_PLAN
from acg.desired.labs.roles import Wanted, lower_role, role_of, unknown_role
from acg.desired.metadata import carry
from pulumi_acg._component import lazy, lowered_catalog, renamed
from pulumi_acg._given import ArgsError, Given, property_path
from pulumi_acg._providers import Providers
from pulumi_acg._register import Register
from pulumi_acg.args import LabPlanArgs

TYPE: Final = LAB_PLAN


class PlanModel(PlanSettings):
    """A lab plan, and the id of its gallery."""

    gallery_id: OutputText | None = Field(
        default=None, description="Id of the gallery that labs take images from; without it the plan has none."
    )


class LabPlan(pulumi.ComponentResource):
    """A lab plan of Azure Lab Services, and the role of the service on the gallery that is attached to it.

    It is protected: to delete it, first deploy it with retire set. Of several plans that share a gallery, one gives the
    service principal: Azure takes one assignment of a role to a principal.
    """

    lab_plan_id: pulumi.Output[str] = lazy(lambda self: self._plan.id)
    """Id of the lab plan."""

    def __init__(self, name: str, args: LabPlanArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare a lab plan.

        Args:
            name: the component's name, and the plan's if args has none.
            args: what to declare.
            opts: options; aliases, providers and transformations reach the resources beneath.

        Raises:
            ArgsError: args cannot be used; carries every problem.
        """
        given = Given(name, PlanModel, args)
        key = given.model.name or name
        catalog = Catalog.model_validate({"labPlans": {key: _in_catalog(given.model)}})
        if problems := _problems(given.model):
            raise ArgsError(name, problems)
        (plan,) = lowered_catalog(given, catalog, ("labPlans", key))
        roles = _roles(given)
        super().__init__(TYPE, name, carry(name, [plan], renamed(plan.name, name)), opts)
        register = Register(Providers(self, f"{name}-"), given)
        for role in roles:
            register.add(role, self, renamed(_GALLERY, name)(role.name))
        register.add(replace(plan, depends_on=tuple(role.name for role in roles)), self, name)
        self._finish(plan, register)

    @classmethod
    def _of_catalog(cls, plan: Resource, register: Register, opts: pulumi.ResourceOptions | None) -> Self:
        """The component of a catalog's plan; the role is beneath the component of its gallery."""
        component = cls.__new__(cls)
        pulumi.ComponentResource.__init__(component, TYPE, plan.name, carry(plan.name, [plan]), opts)
        register.add(plan, component, plan.name)
        component._finish(plan, register)
        return component

    def _finish(self, plan: Resource, register: Register) -> None:
        self._plan = register.registered[plan.name]
        self.register_outputs({"labPlanId": self._plan.id})


_GALLERY: Final = "gallery"
"""Stands for the gallery in the name of the role assignment on it."""


def _in_catalog(model: PlanModel) -> CatalogPlan:
    """The plan as a catalog has it. The role is not the catalog's: it lowers roles on galleries of its own alone."""
    fields = {name: getattr(model, name) for name in PlanSettings.model_fields if name != "service_principal"}
    return CatalogPlan.model_construct(**fields, gallery=model.gallery_id)


def _problems(model: PlanModel) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if isinstance(model.gallery_id, str) and "/" not in model.gallery_id:
        found.append(("galleryId", "is not the id of a gallery"))
    if (principal := model.service_principal) is not None:
        if model.gallery_id is None:
            found.append(("servicePrincipal", "asks for a role on a gallery, and there is no galleryId"))
        if role_of(principal, _in_catalog(model)) is None:
            wrong = unknown_role(principal, ())
            found.append((property_path(wrong.path), f"{wrong.message}. {wrong.fix}"))
    return found


def _roles(given: Given[PlanModel]) -> list[Resource]:
    """The role of the service on the gallery, with Outputs for what follows from the gallery's id."""
    model = given.model
    if model.service_principal is None or model.gallery_id is None:
        return []
    role = role_of(model.service_principal, _in_catalog(model)) or ""
    found = lower_role(
        Resource(kinds.GALLERY, _GALLERY, {}),
        Wanted(model.service_principal.object_id, role, ("labPlans", given.component)),
    )
    gallery_id = pulumi.Output.from_input(given.restored(model.gallery_id))
    inputs = {
        key: gallery_id.apply(value.text) if isinstance(value, Derived) else value
        for key, value in found.inputs.items()
    }
    return [replace(found, inputs=inputs, parent=None)]
