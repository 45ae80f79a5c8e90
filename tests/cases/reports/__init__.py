"""Public reports as declarations, as small as they can be; each module has those about one thing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from acg.desired.resource import Resource
from acg.rules.examples import definition, resource, resource_id, version_id

OS_PROFILE = {"computerName": "web", "adminUsername": "azureuser"}
VERSION = version_id("corp/ubuntu/1.0.0")


class Report(NamedTuple):
    """What somebody reported, as small as it can be."""

    where: str
    """The thread, below GitHub."""
    resources: tuple[Resource, ...]
    """What is declared beside the group and the gallery, in the order of deployment."""
    rules: Mapping[str, str] = MappingProxyType({})
    """What the rules find, with its severity; nothing where Azure takes it."""
    refusal: str | None = None
    """What Azure answers, by its name in the table of refusals; None where it takes everything."""


def image(generation: str = "V2", **disks: Any) -> Resource:
    """A managed image of generalized Linux, which versions are made from unless they say otherwise."""
    first = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}
    return resource("Image", "built", hyperVGeneration=generation, storageProfile={"osDisk": first, **disks})


def secure(kind: str, **more: Any) -> Resource:
    return definition(features=[{"name": "SecurityType", "value": kind}], **more)


def disk(name: str = "os", **inputs: Any) -> Resource:
    system = {"osType": "Linux", "hyperVGeneration": "V2", "diskSizeGB": 30, "sku": {"name": "Premium_LRS"}}
    return resource("Disk", name, creationData={"createOption": "Empty"}, **{**system, **inputs})


def attached(name: str = "os", **inputs: Any) -> Resource:
    """A machine with an attached disk."""
    first = {"osType": "Linux", "createOption": "Attach", "managedDisk": {"id": resource_id("disks", name)}}
    return resource("VirtualMachine", "golden", **{"storageProfile": {"osDisk": first}, **inputs})


def machine(size: str = "Standard_D2s_v5", image: str = VERSION, **inputs: Any) -> Resource:
    """A machine that boots the version."""
    storage = {"imageReference": {"id": image}, "osDisk": {"createOption": "FromImage"}, **inputs.pop("storage", {})}
    given = {"osProfile": OS_PROFILE, "hardwareProfile": {"vmSize": size}, "storageProfile": storage}
    return resource("VirtualMachine", "web", **{**given, **inputs})


def scale_set(image: str = VERSION, **inputs: Any) -> Resource:
    storage = {"imageReference": {"id": image}, "osDisk": {"createOption": "FromImage"}}
    profile = {"osProfile": OS_PROFILE, "storageProfile": storage, **inputs.pop("profile", {})}
    return resource("VirtualMachineScaleSet", "web", virtualMachineProfile=profile, **inputs)


GOLDEN = resource_id("virtualMachines", "golden")
OF_MACHINE = {"source": {"virtualMachineId": GOLDEN}}
OF_DISK = {"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}
WITH_DATA = {**OF_DISK, "dataDiskImages": [{"lun": 0, "source": {"id": resource_id("disks", "data")}}]}
DATA = disk("data", osType=None, hyperVGeneration=None)
CONFIDENTIAL = {"securityType": "ConfidentialVM"}
TRUSTED = {"securityType": "TrustedLaunch"}
COMMUNITY = "/CommunityGalleries/rocky-dc1c6aa6-905b-4d9c-9577-63ccc28c482a/Images/Rocky-9-x86_64/Versions/9.4.20240509"
ULTRA = disk("data", osType=None, hyperVGeneration=None, sku={"name": "PremiumV2_LRS"})
