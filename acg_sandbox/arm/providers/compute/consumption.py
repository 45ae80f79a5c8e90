"""Booting from an image: which version a reference means in a region, and what the machine must bring along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.protocol.regions import canonical
from acg_sandbox.arm.protocol.shape import Shape
from acg_sandbox.arm.providers.compute.machine_sizes import size_of
from acg_sandbox.arm.providers.compute.refusals import refuse
from acg_sandbox.arm.providers.gallery.capture import same_plan
from acg_sandbox.arm.providers.gallery.image_definitions import disk_controllers, security_type
from acg_sandbox.arm.providers.gallery.latest import latest, replicated
from acg_sandbox.arm.state.address import parse
from acg_sandbox.arm.state.store import Resource

_MANAGED = "microsoft.compute/images"
_DEFINITION = "microsoft.compute/galleries/images"
_VERSION = "microsoft.compute/galleries/images/versions"
REFERENCE: Final[dict[str, Shape]] = {
    "id": str, "sharedGalleryImageId": str, "communityGalleryImageId": str, "version": str, "lun": int,
}  # fmt: skip
"""The shape of a reference to an image, of a disk, too."""
_DISK: Final[dict[str, Shape]] = {
    "lun": int, "diskSizeGB": int, "managedDisk": {"id": str, "storageAccountType": str},
}  # fmt: skip
PROFILE: Final[dict[str, Shape]] = {
    "storageProfile": {"imageReference": REFERENCE, "osDisk": _DISK, "dataDisks": [_DISK], "diskControllerType": str},
    "hardwareProfile": {"vmSize": str},
    "securityProfile": {"securityType": str},
    "osProfile": {},
}
"""The shape of a machine's properties, and of the profile of a scale set's machines."""
_SCALE_SET = "microsoft.compute/virtualmachinescalesets"
_SHARED: Final = {"sharedGalleryImageId": "/sharedgalleries/", "communityGalleryImageId": "/communitygalleries/"}
_WITH_GUEST_STATE = {"trustedlaunch", "confidentialvm"}


@dataclass(frozen=True)
class Image:
    """The version that a machine boots from, and its definition."""

    definition: Resource
    version: Resource


def resolve(call: Call, reference: dict[str, Any], machine: Resource) -> Image | None:
    """The gallery image that a machine's ``imageReference`` means; None when it names none of a gallery.

    Writes ``exactVersion`` into the reference, as the service does.
    """
    _check_reference(reference, "virtualMachineProfile." if machine.address.type == _SCALE_SET else "")
    wanted = reference.get("id") or ""
    if not wanted:
        return None
    address, region = parse(wanted), canonical(machine.body["location"])
    if address.type == _MANAGED:
        _check_managed_image(call, wanted, region)
        return None
    if address.type not in {_DEFINITION, _VERSION}:
        refuse("image-reference-kind", id=wanted.lower())
    subscription = (address.subscription or "").lower()
    if subscription not in {known.lower() for known in call.state.subscriptions}:
        tenant = call.state.settings.tenant
        refuse("linked-subscription", id=wanted, tenant=tenant, sub=address.subscription)
    named = address.type == _VERSION and address.name.lower() != "latest"
    key = wanted.lower() if address.type == _DEFINITION else wanted.lower().rsplit("/versions/", 1)[0]
    definition = call.state.store.get(key)
    version = call.state.store.get(wanted.lower()) if named else latest(call, key, region)
    if definition is None or version is None or not replicated(version, region):
        refuse("image-not-in-region", resourceID=wanted, region=region)
    _check_keys(call, version)
    _check_plan(definition, machine)
    reference["exactVersion"] = version.body["name"]
    return Image(definition, version)


def _check_managed_image(call: Call, wanted: str, region: str) -> None:
    """A managed image has no replicas: it boots machines in its own region."""
    found = call.state.store.get(wanted.lower())
    if found is None or canonical(found.body.get("location", "")) != region:
        refuse("image-not-found", id=wanted, region=region)


def check_machine(image: Image, properties: dict[str, Any], size: str) -> None:
    """What a machine, or the profile of a scale set's machines, must bring along for its image."""
    _check_security_type(image, properties)
    _check_size(image, properties, size)
    check_os_profile(image, properties)
    profile, made = properties.get("storageProfile") or {}, image.version.properties["storageProfile"]
    sizes = {one["lun"]: one.get("sizeInGB") for one in made.get("dataDiskImages") or ()}
    disks = [(profile.get("osDisk") or {}, (made.get("osDiskImage") or {}).get("sizeInGB"))]
    from_image = [one for one in profile.get("dataDisks") or () if one.get("createOption") == "FromImage"]
    for disk, least in [*disks, *((one, sizes.get(one.get("lun"))) for one in from_image)]:
        asked = disk.get("diskSizeGB")
        if asked and least and asked < least:
            refuse("machine-disk-size", asked=asked, size=least)


def check_data_disks(image: Image, profile: dict[str, Any]) -> None:
    """A new machine has the data disks of its image, or lists each of them; none is a list, too."""
    listed = profile.get("dataDisks")
    wanted = {one["lun"] for one in image.version.properties["storageProfile"].get("dataDiskImages") or ()}
    if listed is not None and wanted - {disk.get("lun") for disk in listed}:
        refuse("machine-data-disks")


def _check_reference(reference: dict[str, Any], profile: str) -> None:
    """Each way in which others share an image has a member of its own."""
    wanted = reference.get("id")
    if wanted and not wanted.lower().startswith(("/subscriptions/", "/providers/")):
        refuse("image-reference-id", id=wanted, path=f"{profile}storageProfile")
    for member, start in _SHARED.items():
        if reference.get(member) and not reference[member].lower().startswith(start):
            refuse("image-reference-shared", member=member)


def _check_security_type(image: Image, properties: dict[str, Any]) -> None:
    """An image with guest state boots machines of its own security type only, an ordinary one none with it."""
    wanted = security_type(image.definition.properties)
    given = ((properties.get("securityProfile") or {}).get("securityType") or "").lower()
    if wanted.lower() in _WITH_GUEST_STATE and given != wanted.lower():
        refuse("machine-security-type", type=wanted)
    if given == "trustedlaunch" and "trustedlaunch" not in wanted.lower():
        refuse("machine-trusted-launch")


def _check_size(image: Image, properties: dict[str, Any], name: str) -> None:
    """A size boots images of its architecture, generation and disk controller, as machines of some security types."""
    size, traits = size_of(name), image.definition.properties
    security = (properties.get("securityProfile") or {}).get("securityType")
    controllers = disk_controllers(traits)
    asked = (properties.get("storageProfile") or {}).get("diskControllerType") or ""
    if asked.lower() == "nvme" and "nvme" not in controllers:
        refuse("machine-disk-controller", size=name)
    if size is None:
        return
    if size.architecture != traits["architecture"]:
        words = {"ours": size.architecture, "theirs": traits["architecture"]}
        refuse("machine-architecture", size=name, **words)
    if traits["hyperVGeneration"] not in size.generations:
        refuse("machine-generation", size=name, generation=traits["hyperVGeneration"][1:])
    if size.needs_nvme and not asked and "nvme" not in controllers:
        refuse("machine-disk-controller", size=name)
    if size.security is not None and (security or "").lower() not in size.security:
        refuse("machine-size-security", size=name, type=security or "<NULL>")


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


def _check_plan(definition: Resource, machine: Resource) -> None:
    wanted = definition.properties.get("purchasePlan")
    given = machine.body.get("plan")
    if wanted and not same_plan(wanted, given):
        refuse("machine-plan", id=machine.body["id"])
