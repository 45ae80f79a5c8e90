"""Resources of raw programs as the engine shows them to a policy pack; every rule passes what no row changes."""

from dataclasses import replace
from typing import Any

from acg.rules import examples
from acg.rules.examples import definition, gallery, resource_id, version, version_id
from acg.testing import UNKNOWN, Resource

LOGIN = {"computerName": "web", "computerNamePrefix": "web", "adminUsername": "azureuser"}
PROVIDER = Resource("pulumi:providers:azure-native", {"subscriptionId": examples.SUBSCRIPTION}, name="default")


def shown(one: Any, *, knows_subscription: bool = True, **more: Any) -> Resource:
    """A resource as the engine shows it."""
    return Resource(one.type, one.inputs, name=one.name, provider=PROVIDER if knows_subscription else None, **more)


def resource(kind: str, name: str = "web", **inputs: Any) -> Resource:
    """A resource of azure-native's module ``compute``."""
    return shown(examples.resource(kind, name, **inputs))


def disk(name: str, size: int, **inputs: Any) -> Resource:
    """A disk of the stack."""
    return resource("Disk", name, diskSizeGB=size, **inputs)


def made_from(os: object, data: object = None, **more: Any) -> Resource:
    """A version made from disks, by their ids."""
    storage: dict[str, Any] = {"osDiskImage": {"source": {"id": os}}}
    if data is not None:
        storage["dataDiskImages"] = [{"lun": 0, "source": {"id": data}}]
    return shown(version(storage=storage), **more)


def later(*used: Resource) -> Resource:
    """A version in a preview: of the ids of its disks is known only which disks they come from."""
    return replace(made_from(UNKNOWN, UNKNOWN), property_dependencies={"storageProfile": used})


def captured(**more: Any) -> Resource:
    """A version made from the machine ``golden``."""
    return shown(version(storage={"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}}), **more)


def typed(security_type: str, **more: Any) -> Resource:
    """A definition with a security type."""
    return shown(definition(features=[{"name": "SecurityType", "value": security_type}], **more))


def machine(size: str = "Standard_D2s_v5", os_disk: int | None = None, **more: Any) -> Resource:
    """A machine that boots the version."""
    storage: dict[str, Any] = {"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}}
    if os_disk is not None:
        storage["osDisk"] = {"createOption": "FromImage", "diskSizeGB": os_disk}
    storage |= more.pop("storage", {})
    return resource("VirtualMachine", storageProfile=storage, hardwareProfile={"vmSize": size}, osProfile=LOGIN, **more)


def scale_set(image: str, **more: Any) -> Resource:
    """A scale set that boots an image."""
    profile = {"storageProfile": {"imageReference": {"id": image}}, "osProfile": LOGIN}
    return resource("VirtualMachineScaleSet", virtualMachineProfile=profile, **more)


CORP, UBUNTU, FIRST = shown(gallery()), shown(definition()), shown(version())
FIRST_ID, LATEST = version_id("corp/ubuntu/1.0.0"), resource_id("galleries", "corp/images/ubuntu")
SYSTEM = disk("os", 30, osType="Linux")
BLANK = disk("os", 30)
AUTOMATIC = {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}
PLAN = {"publisher": "contoso-ms", "product": "sql2022", "name": "standard"}
COPY = replace(
    resource("Snapshot", "copy", creationData={"createOption": "Copy", "sourceResourceId": UNKNOWN}),
    property_dependencies={"creationData": [disk("data", 1_500)]},
)
KEYS = {"osDiskImage": {"diskEncryptionSetId": resource_id("diskEncryptionSets", "des")}}
GOLDEN = resource("VirtualMachine", "golden")

SYSTEM_ID, DATA_ID = resource_id("snapshots", "os"), resource_id("disks", "data")
