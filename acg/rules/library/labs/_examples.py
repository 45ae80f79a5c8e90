"""Resources for the examples of the rules about labs."""

from __future__ import annotations

from typing import Any

from acg.azure import kinds
from acg.azure.lab_services import OWNER
from acg.desired.resource import Resource
from acg.rules.examples import GROUP, SUBSCRIPTION, resource_id

GALLERY_ID = resource_id("galleries", "corp")
PLAN_ID = f"{GROUP}/providers/Microsoft.LabServices/labPlans/lp-computing"
IMAGE_ID = f"{GALLERY_ID}/images/ubuntu"
SERVICE = "0f5c1d3e-6b7a-4b92-9d0e-4c3f2a1b0d02"
"""Object id of the service in the tenant of the examples."""


def plan(name: object = "lp-computing", *, images: tuple[str, ...] | None = ("ubuntu",), **inputs: Any) -> Resource:
    """A lab plan that offers one image. Keywords are inputs; they replace those of the same name."""
    given = {
        "labPlanName": name,
        "resourceGroupName": "rg-images",
        "location": "westeurope",
        "allowedRegions": ["westeurope"],
        "sharedGalleryId": GALLERY_ID,
        **inputs,
    }
    known = {key: value for key, value in given.items() if value is not None}
    return Resource(kinds.LAB_PLAN, str(name), known, subscription=SUBSCRIPTION, offered=images)


def account(*, images: tuple[str, ...] | None = ("ubuntu",), **inputs: Any) -> Resource:
    """A lab account that offers one image, as a catalog refers to it."""
    given = {
        "labAccountName": "la-computing",
        "resourceGroupName": "rg-images",
        "location": "westeurope",
        "sharedGalleryId": GALLERY_ID,
        **inputs,
    }
    return Resource(
        kinds.LAB_ACCOUNT,
        "la-computing",
        given,
        subscription=SUBSCRIPTION,
        offered=images,
        managed=False,
        path=("labAccounts", "la-computing"),
    )


def lab(image: Any, **inputs: Any) -> Resource:
    """A lab whose machines are made from an image."""
    given = {
        "labName": "statistics-101",
        "resourceGroupName": "rg-images",
        "location": "westeurope",
        "labPlanId": PLAN_ID,
        "virtualMachineProfile": {"createOption": "TemplateVM", "imageReference": image},
        **inputs,
    }
    return Resource(kinds.LAB, "statistics-101", given, subscription=SUBSCRIPTION)


def role(guid: str = OWNER, **inputs: Any) -> Resource:
    """The role of the service on the gallery."""
    given = {
        "scope": GALLERY_ID,
        "roleDefinitionId": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{guid}",
        "principalId": SERVICE,
        "principalType": "ServicePrincipal",
        **inputs,
    }
    return Resource(kinds.ROLE_ASSIGNMENT, "service", given, subscription=SUBSCRIPTION)
