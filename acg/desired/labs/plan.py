"""The inputs of a lab plan, and what is known of a lab account."""

from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from acg.azure import kinds
from acg.catalog.models.labs import LabAccount, LabPlan
from acg.catalog.placeholder import Placeholder
from acg.desired import names
from acg.desired.formerly import former_plan
from acg.desired.inherit import Inherited, merged, nearest
from acg.desired.inputs import RegionNames, omit_none, suppressed, waits
from acg.desired.resource import Derived, Resource, Suppressed, Timeouts

GalleryId = str | Placeholder | Derived | None


def lower_plan(
    key: str,
    plan: LabPlan,
    group: str | Placeholder,
    gallery: GalleryId,
    above: Inherited,
    regions: RegionNames,
    protect: bool | None,
) -> Resource:
    """A lab plan in a resource group of that name, attached to a gallery of that id, or to none."""
    location = nearest(plan.location, above.location)
    home = None if location is None else regions[location]
    allowed = [home] if plan.allowed_regions is None and home else plan.allowed_regions
    own_protect = nearest(nearest(plan.protect, above.protect), True)
    inputs = omit_none(
        resourceGroupName=group,
        labPlanName=key if plan.name is None else plan.name,
        location=home,
        allowedRegions=None if allowed is None else list(dict.fromkeys(regions[region] for region in allowed)),
        sharedGalleryId=gallery,
        defaultAutoShutdownProfile=_as_sent(plan.default_auto_shutdown_profile),
        defaultConnectionProfile=_as_sent(plan.default_connection_profile),
        defaultNetworkProfile=_as_sent(plan.default_network_profile),
        identity=_as_sent(plan.identity),
        linkedLmsInstance=plan.linked_lms_instance,
        supportInfo=_support(plan),
        tags=merged(above.tags, plan.tags),
    )
    return Resource(
        type=kinds.LAB_PLAN,
        name=names.lab_plan(key),
        inputs=inputs,
        path=("labPlans", key),
        managed=not plan.existing,
        subscription=plan.subscription,
        formerly=former_plan(plan),
        protect=not plan.retire and bool(nearest(protect, own_protect)),
        waits=waits(plan, Timeouts()),
        offered=None if plan.images is None else tuple(dict.fromkeys(plan.images)),
        suppressed=suppressed(plan),
    )


def lower_account(
    key: str,
    account: LabAccount,
    group: str | Placeholder,
    gallery: GalleryId,
    above: Inherited,
    regions: RegionNames,
) -> Resource:
    """A lab account, which exists: azure-native has no type for it, and nothing registers it."""
    location = nearest(account.location, above.location)
    return Resource(
        type=kinds.LAB_ACCOUNT,
        name=names.lab_account(key),
        inputs=omit_none(
            resourceGroupName=group,
            labAccountName=key if account.name is None else account.name,
            location=None if location is None else regions[location],
            sharedGalleryId=gallery,
        ),
        path=("labAccounts", key),
        managed=False,
        subscription=account.subscription,
        offered=None if account.images is None else tuple(dict.fromkeys(account.images)),
        suppressed=tuple(Suppressed(one.rule, one.reason, one.until) for one in account.suppress),
    )


def _as_sent(model: BaseModel | None) -> dict[str, Any] | None:
    """A model whose keys are azure-native's, without what is not there. Placeholders stay what they are."""
    if model is None:
        return None
    fields = type(model).model_fields.items()
    return omit_none(**{str(field.alias): getattr(model, name) for name, field in fields})


def _support(plan: LabPlan) -> dict[str, Any] | None:
    support = _as_sent(plan.support_info)
    if support is not None and isinstance(support.get("url"), str):
        support["url"] = normal_url(support["url"])
    return support


def normal_url(url: str) -> str:
    """An address in the form in which Azure gives it back: one without a path gains a slash.

    Recorded: azure-powershell, ``src/LabServices/LabServices.Autorest/test``, ``https://help.contoso.com``.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # no address at all: Azure says so
    return f"{url}/" if parts.scheme and parts.netloc and not (parts.path or parts.query or parts.fragment) else url
