"""Booting from an image: which version a reference means in a region, and what the machine must bring along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.providers.compute.refusals import refuse
from acg_sandbox.arm.providers.gallery.capture import same_plan, written_plan
from acg_sandbox.arm.providers.gallery.latest import latest, replicated
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.store import Resource

_DEFINITION = "microsoft.compute/galleries/images"
_VERSION = "microsoft.compute/galleries/images/versions"


@dataclass(frozen=True)
class Image:
    """The version that a machine boots from, and its definition."""

    definition: Resource
    version: Resource


def resolve(call: Call, reference: dict[str, Any], machine: Resource) -> Image | None:
    """The gallery image that a machine's ``imageReference`` means; None when it names none of a gallery.

    Writes ``exactVersion`` into the reference, as the service does.
    """
    wanted = reference.get("id") or ""
    address = parse(wanted) if wanted else None
    if address is None or address.type not in {_DEFINITION, _VERSION}:
        return None
    region = canonical(machine.body["location"])
    subscription = (address.subscription or "").lower()
    if subscription not in {known.lower() for known in call.state.settings.subscriptions}:
        tenant = call.state.settings.tenant
        refuse("linked-subscription", id=wanted, tenant=tenant, sub=address.subscription)
    named = address.type == _VERSION and address.name.lower() != "latest"
    key = wanted.lower() if address.type == _DEFINITION else wanted.lower().rsplit("/versions/", 1)[0]
    definition = call.state.store.get(key)
    version = call.state.store.get(wanted.lower()) if named else latest(call, key, region)
    if definition is None or version is None or not replicated(version, region):
        refuse("image-not-in-region", resourceID=wanted, region=region)
    _check_keys(call, version)
    _check_plan(definition, version, machine)
    reference["exactVersion"] = version.body["name"]
    return Image(definition, version)


def check_os_profile(image: Image, properties: dict[str, Any]) -> None:
    """A specialized image takes no osProfile, a generalized one needs it."""
    if image.definition.properties["osState"] == "Specialized":
        if properties.get("osProfile"):
            refuse("parameter-not-allowed", parameter="osProfile")
    elif not properties.get("osProfile"):
        refuse("parameter-missing", parameter="osProfile")


def _check_keys(call: Call, version: Resource) -> None:
    subscription = call.address.subscription or ""
    theirs = version.address.subscription or ""
    if version.hidden.get("encrypted") and theirs.lower() != subscription.lower():
        name = version.body["id"]
        targets = version.properties["publishingProfile"]["targetRegions"]
        used = next(
            (
                (t["encryption"].get("osDiskImage") or {}).get("diskEncryptionSetId")
                for t in targets
                if t.get("encryption")
            ),
            "",
        )
        refuse("des-other-subscription-vm", des=used, version=name, sub1=theirs, sub2=subscription)


def _check_plan(definition: Resource, version: Resource, machine: Resource) -> None:
    wanted = definition.properties.get("purchasePlan")
    given = machine.body.get("plan")
    if wanted and not same_plan(wanted, given):
        words = {"plan": written_plan(given), "parentPlan": written_plan(wanted)}
        refuse("plan-mismatch", resourceID=machine.body["id"], **words)
