"""Sources with the security data of a machine, and managed images that cannot be made of some machines."""

from tests.acg_sandbox.arm.conftest import MANAGED_IMAGE, Arm
from tests.acg_sandbox.arm.refusals import Refused, refusal
from tests.acg_sandbox.arm.refusals.sources import (
    GUARDED,
    MACHINE,
    SNAPSHOT,
    TRUSTED,
    from_disks,
    guarded_machine,
    prepared,
    put_from,
    system_disk,
)


@refusal("security-type-source")
def trusted_launch_machine(arm: Arm) -> Refused:
    prepared(arm)
    arm.put(MACHINE, guarded_machine(system_disk(arm)))
    arm.ask("POST", f"{MACHINE}/generalize")
    return put_from(arm, MACHINE, features=TRUSTED)


@refusal("security-type-source")
def disk_of_a_confidential_machine(arm: Arm) -> Refused:
    prepared(arm)
    kind = {"securityType": "ConfidentialVM_DiskEncryptedWithPlatformKey"}
    supported = [{"name": "SecurityType", "value": "ConfidentialVMSupported"}]
    return put_from(arm, from_disks(system_disk(arm, securityProfile=kind)), features=supported)


@refusal("security-type-source")
def snapshot_of_a_trusted_launch_disk(arm: Arm) -> Refused:
    prepared(arm)
    made = {"createOption": "Copy", "sourceResourceId": system_disk(arm, securityProfile=GUARDED)}
    arm.put(SNAPSHOT, {"location": "westeurope", "properties": {"creationData": made}})
    return put_from(arm, from_disks(SNAPSHOT), features=TRUSTED)


@refusal("managed-image-of-trusted-launch")
def managed_image_of_a_trusted_launch_machine(arm: Arm) -> Refused:
    prepared(arm)
    arm.put(MACHINE, guarded_machine(system_disk(arm)))
    body = {"location": "westeurope", "properties": {"sourceVirtualMachine": {"id": MACHINE}}}
    return arm.refused("PUT", MANAGED_IMAGE, body)


@refusal("managed-image-architecture")
def managed_image_of_an_arm64_machine(arm: Arm) -> Refused:
    prepared(arm)
    arm64 = {"supportedCapabilities": {"architecture": "Arm64"}}
    profile = {"osDisk": {"osType": "Linux", "managedDisk": {"id": system_disk(arm, **arm64)}}}
    arm.put(MACHINE, {"location": "westeurope", "properties": {"storageProfile": profile}})
    body = {"location": "westeurope", "properties": {"sourceVirtualMachine": {"id": MACHINE}}}
    return arm.refused("PUT", MANAGED_IMAGE, body)


@refusal("managed-image-architecture")
def managed_image_of_an_arm64_snapshot(arm: Arm) -> Refused:
    prepared(arm)
    made = {
        "createOption": "Copy",
        "sourceResourceId": system_disk(arm, supportedCapabilities={"architecture": "Arm64"}),
    }
    arm.put(SNAPSHOT, {"location": "westeurope", "properties": {"creationData": made}})
    profile = {"osDisk": {"osType": "Linux", "osState": "Generalized", "snapshot": {"id": SNAPSHOT}}}
    return arm.refused("PUT", MANAGED_IMAGE, {"location": "westeurope", "properties": {"storageProfile": profile}})
