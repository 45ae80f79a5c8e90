"""Resource groups, galleries, definitions and versions of Azure, in the form that azure-native receives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from acg.azure import kinds
from acg.azure.dates import moment
from acg.azure.kinds import KINDS
from acg.azure.regions import canonical
from acg.azure.resource_id import ResourceId
from acg.desired.resource import Resource
from acg.state.input_form import input_identity, input_properties
from acg.state.observed.facts import Facts, Validation

_TOKENS: Final = {row.arm_type.lower(): row for row in KINDS.values()}


def observed_resource(body: Mapping[str, Any]) -> Resource | None:
    """A resource of Azure as azure-native would be given it; None for kinds that galleries do not consist of.

    Sizes of disks, which Azure alone sets, are included.

    Args:
        body: What a GET of the resource answers.
    """
    row = _TOKENS.get(str(body.get("type", "")).lower())
    if row is None or row.token not in (kinds.RESOURCE_GROUP, kinds.GALLERY, kinds.IMAGE, kinds.VERSION):
        return None
    given = _without_capitals(str(body["id"]))
    id_ = ResourceId.parse(given)
    parent = given.lower().rsplit("/", 2)[0] if len(id_.names) > 1 else None
    location = body.get("location")
    inputs = {
        "resourceGroupName": id_.resource_group,
        **(dict(zip(row.name_inputs, id_.names, strict=True)) if id_.names else {}),
        **({"location": canonical(location)} if isinstance(location, str) else {}),
        **input_properties(row.token, body.get("properties") or {}),
        **({"tags": body["tags"]} if body.get("tags") else {}),
        **({"identity": input_identity(body["identity"])} if body.get("identity") else {}),
    }
    return Resource(row.token, given.lower(), inputs, parent=parent, subscription=id_.subscription, id=given)


def _without_capitals(id_: str) -> str:
    """An id whose resource group is not in capitals: Compute's lists write it so, whatever the group is called.

    Azure compares ids without regard to case; people and programs read them, and Pulumi compares them letter by letter.
    Seen in recordings of ``az sig image-version list``: https://github.com/Azure/azure-cli
    """
    parts = id_.split("/")
    if len(parts) > 4 and parts[3].lower() == "resourcegroups" and parts[4].isupper():
        parts[4] = parts[4].lower()
    return "/".join(parts)


def observed_facts(body: Mapping[str, Any]) -> Facts:
    """What Azure says of a gallery, definition or version beside what was declared.

    Args:
        body: What a GET of the resource answers.
    """
    properties = body.get("properties") or {}
    published = (properties.get("publishingProfile") or {}).get("publishedDate")
    executed = (properties.get("validationsProfile") or {}).get("executedValidations")
    return Facts(
        provisioning_state=properties.get("provisioningState"),
        created_at=moment(published) or moment((body.get("systemData") or {}).get("createdAt")),
        sharing=_sharing(body, properties),
        validations=None
        if executed is None
        else tuple(Validation(str(one.get("type")), str(one.get("status"))) for one in executed),
    )


def _sharing(body: Mapping[str, Any], properties: Mapping[str, Any]) -> str | None:
    if str(body.get("type", "")).lower() != "microsoft.compute/galleries":
        return None
    profile = properties.get("sharingProfile") or {}
    return profile.get("permissions") or "Private"  # Azure leaves a private gallery's profile out
