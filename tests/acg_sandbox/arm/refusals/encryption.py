"""Disk encryption sets of target regions."""

from typing import Any

from acg_sandbox.arm import SECOND
from tests.acg_sandbox.arm.conftest import COMPUTE, IMAGE, MANAGED_IMAGE, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals import Refused, refusal
from tests.acg_sandbox.arm.refusals.sources import BLOB, DATA, account, disk, from_disks, system_disk

SET = f"{COMPUTE}/diskEncryptionSets/des"
NORTH = f"{COMPUTE}/diskEncryptionSets/north"


def target(name: str, first: str | None = None, **data: str) -> dict[str, Any]:
    """A region with the sets of its OS disk and, as ``lun0=...``, of its data disks."""
    encryption: dict[str, Any] = {}
    if first:
        encryption["osDiskImage"] = {"diskEncryptionSetId": first}
    if data:
        images = [{"lun": int(lun.removeprefix("lun")), "diskEncryptionSetId": wanted} for lun, wanted in data.items()]
        encryption["dataDiskImages"] = images
    return {"name": name, "encryption": encryption} if encryption else {"name": name}


def prepared(arm: Arm) -> dict[str, Any]:
    """Gallery, definition, two sets, and a source with a data disk on LUN 0."""
    arm.gallery()
    arm.definition()
    for path, location in ((SET, "westeurope"), (NORTH, "northeurope")):
        arm.put(path, {"location": location, "properties": {}})
    return from_disks(system_disk(arm), (0, disk(arm, DATA)))


def put_encrypted(arm: Arm, *targets: dict[str, Any]) -> Refused:
    return arm.refused("PUT", VERSION, version(prepared(arm), *targets))


@refusal("des-format")
def set_is_no_id(arm: Arm) -> Refused:
    return put_encrypted(arm, target("westeurope", "des"))


@refusal("des-format")
def data_set_of_another_type(arm: Arm) -> Refused:
    return put_encrypted(arm, target("westeurope", lun0=MANAGED_IMAGE))


@refusal("des-subscription")
def set_of_another_subscription(arm: Arm) -> Refused:
    path = f"/subscriptions/{SECOND}/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des"
    return put_encrypted(arm, target("westeurope", path))


@refusal("des-not-found")
def set_missing(arm: Arm) -> Refused:
    return put_encrypted(arm, target("westeurope", SET + "2"))


@refusal("des-not-found")
def set_of_another_region(arm: Arm) -> Refused:
    return put_encrypted(arm, target("westeurope", NORTH))


@refusal("parameter-missing")
def confidential_without_its_set(arm: Arm) -> Refused:
    profile = {"confidentialVMEncryptionType": "EncryptedWithCmk"}
    return put_encrypted(arm, {"name": "westeurope", "encryption": {"osDiskImage": {"securityProfile": profile}}})


@refusal("des-all-regions")
def set_in_one_region_only(arm: Arm) -> Refused:
    return put_encrypted(arm, target("westeurope", SET), target("northeurope"))


@refusal("des-all-regions")
def data_set_in_one_region_only(arm: Arm) -> Refused:
    return put_encrypted(arm, target("westeurope", SET, lun0=SET), target("northeurope", NORTH))


@refusal("des-lun")
def lun_that_is_not_there(arm: Arm) -> Refused:
    return put_encrypted(arm, target("westeurope", SET, lun7=SET))


@refusal("des-lun-dup")
def lun_twice(arm: Arm) -> Refused:
    twice = target("westeurope", SET, lun0=SET)
    twice["encryption"]["dataDiskImages"] *= 2
    return put_encrypted(arm, twice)


@refusal("des-update-lun")
def encrypted_afterwards(arm: Arm) -> Refused:
    source = prepared(arm)
    arm.put(VERSION, version(source, target("westeurope", SET)))
    return arm.refused("PUT", VERSION, version(source, target("westeurope", SET, lun0=SET)))


@refusal("property-change")
def encrypted_otherwise(arm: Arm) -> Refused:
    source = prepared(arm)
    arm.put(VERSION, version(source, target("westeurope", SET)))
    return arm.refused("PUT", VERSION, version(source, target("westeurope", NORTH)))


@refusal("encryption-unsupported-source")
def blob_encrypted(arm: Arm) -> Refused:
    prepared(arm)
    blob = {"uri": BLOB, "storageAccountId": account(arm)}
    return arm.refused("PUT", VERSION, version(from_disks(blob), target("westeurope", SET)))


@refusal("source-encrypted-version")
def encrypted_version_as_source(arm: Arm) -> Refused:
    source = prepared(arm)
    arm.put(VERSION, version(source, target("westeurope", SET)))
    return arm.refused("PUT", f"{IMAGE}/versions/2.0.0", version(VERSION))


@refusal("shared-gallery-encryption")
def encrypted_in_a_shared_gallery(arm: Arm) -> Refused:
    arm.gallery(sharingProfile={"permissions": "Groups"})
    arm.definition()
    arm.put(SET, {"location": "westeurope", "properties": {}})
    source = from_disks(system_disk(arm))
    return arm.refused("PUT", VERSION, version(source, target("westeurope", SET)))


@refusal("shallow")
def shallow_and_encrypted(arm: Arm) -> Refused:
    body = version(prepared(arm), target("westeurope", SET), publishingProfile={"replicationMode": "Shallow"})
    return arm.refused("PUT", VERSION, body)
