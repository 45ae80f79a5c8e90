"""Versions: what changes in place, and what Azure keeps as it was published."""

from __future__ import annotations

from acg.plan.model import Action
from tests.agreement.sources import SECOND, compute_id, set_id
from tests.change_agreement.edits import PUBLISHING, REGION, V, edit
from tests.change_agreement.estate import Estate


def _permit(it: Estate) -> None:
    it.version["safetyProfile"] = {"allowDeletionOfReplicatedLocations": True}


# -- versions: what changes in place -----------------------------------------------------------------------------------


@edit(Action.UPDATE, f"{REGION}.regionalReplicaCount")
def more_replicas(it: Estate) -> None:
    it.version["targetRegions"][1]["regionalReplicaCount"] = 7


@edit(Action.UPDATE, f"{PUBLISHING}replicaCount")
def more_replicas_everywhere(it: Estate) -> None:
    it.catalog["defaults"]["replicaCount"] = 5


@edit(Action.UPDATE, f"{PUBLISHING}excludeFromLatest")
def excluded_everywhere(it: Estate) -> None:
    it.single["excludeFromLatest"] = not it.single.get("excludeFromLatest", False)


@edit(Action.UPDATE, f"{REGION}.excludeFromLatest")
def excluded_in_a_region(it: Estate) -> None:
    region = it.version["targetRegions"][1]
    region["excludeFromLatest"] = not region.get("excludeFromLatest", it.version.get("excludeFromLatest", False))


@edit(Action.UPDATE, f"{PUBLISHING}targetRegions")
def a_region_more(it: Estate) -> None:
    it.single["targetRegions"] = [it.others[0], it.home]


@edit(Action.UPDATE, f"{PUBLISHING}targetRegions", prepare=_permit)
def a_permitted_region_less(it: Estate) -> None:
    del it.version["targetRegions"][2]


@edit(Action.UPDATE, f"{REGION}.additionalReplicaSets")
def a_replica_set_more(it: Estate) -> None:
    extra = {"storageAccountType": "PremiumV2_LRS", "regionalReplicaCount": 2}
    it.version["targetRegions"][1]["additionalReplicaSets"] = [extra]


@edit(Action.UPDATE, f"{PUBLISHING}targetExtendedLocations")
def an_edge_zone(it: Estate) -> None:
    zone = {"name": "losangeles", "type": "EdgeZone"}
    it.version["targetExtendedLocations"] = [{"name": "westus", "extendedLocation": zone}]


@edit(Action.UPDATE, f"{V}tags")
def a_tag_of_a_version(it: Estate) -> None:
    it.version["tags"] = {"tier": "silver"}


@edit(Action.UPDATE, f"{PUBLISHING}endOfLifeDate")
def another_end_of_life(it: Estate) -> None:
    it.version["endOfLifeDate"] = "2028-01-31"


# -- versions: what Azure keeps ----------------------------------------------------------------------------------------


@edit(Action.FORBIDDEN, f"{PUBLISHING}targetRegions")
def a_region_less(it: Estate) -> None:
    del it.version["targetRegions"][2]


@edit(Action.FORBIDDEN, f"{V}safetyProfile")
def a_region_less_with_its_permission(it: Estate) -> None:
    del it.version["targetRegions"][2]
    _permit(it)


@edit(Action.FORBIDDEN, f"{V}safetyProfile", prepare=_permit)
def a_region_less_and_its_permission(it: Estate) -> None:
    del it.version["targetRegions"][2]
    it.version["safetyProfile"] = {"allowDeletionOfReplicatedLocations": False}


@edit(Action.FORBIDDEN, f"{PUBLISHING}targetRegions")
def a_region_for_another(it: Estate) -> None:
    it.version["targetRegions"][2] = {"name": "uksouth"}


@edit(Action.FORBIDDEN, f"{PUBLISHING}endOfLifeDate")
def an_end_of_life_in_the_past(it: Estate) -> None:
    it.version.update({"endOfLifeDate": "2026-01-31", "tags": {"tier": "silver"}})


def _zoned(it: Estate) -> None:
    an_edge_zone(it)
    it.version["targetExtendedLocations"][0]["storageAccountType"] = "Premium_LRS"


@edit(Action.FORBIDDEN, f"{PUBLISHING}targetExtendedLocations", prepare=_zoned)
def another_storage_type_in_a_zone(it: Estate) -> None:
    it.version["targetExtendedLocations"][0].update({"storageAccountType": "Standard_LRS"})


@edit(Action.UNDECIDED, f"{PUBLISHING}targetExtendedLocations", prepare=_zoned)
def a_storage_type_of_a_zone_no_longer_written(it: Estate) -> None:
    del it.version["targetExtendedLocations"][0]["storageAccountType"]


@edit(Action.UNDECIDED, f"{PUBLISHING}targetExtendedLocations", prepare=an_edge_zone)
def a_storage_type_of_a_zone_that_was_not_written(it: Estate) -> None:
    it.version["targetExtendedLocations"][0]["storageAccountType"] = "StandardSSD_LRS"


@edit(Action.UPDATE, f"{PUBLISHING}targetExtendedLocations", prepare=_zoned)
def no_edge_zone(it: Estate) -> None:
    del it.version["targetExtendedLocations"]


@edit(Action.NEW_VERSION, f"{REGION}.storageAccountType")
def another_storage_type(it: Estate) -> None:
    it.version["targetRegions"][0]["storageAccountType"] = "Premium_LRS"


@edit(Action.NEW_VERSION, f"{REGION}.storageAccountType")
def a_storage_type_no_longer_written(it: Estate) -> None:
    del it.version["targetRegions"][0]["storageAccountType"]
    it.version["targetRegions"][0]["regionalReplicaCount"] = 4


@edit(Action.NEW_VERSION, f"{PUBLISHING}storageAccountType")
def another_storage_type_everywhere(it: Estate) -> None:
    it.version["storageAccountType"] = "Premium_LRS"


@edit(Action.NEW_VERSION, f"{REGION}.encryption")
def other_keys(it: Estate) -> None:
    encryption = it.encrypted["targetRegions"][0]["encryption"]
    encryption["osDiskImage"]["diskEncryptionSetId"] = set_id(it.home, SECOND)


@edit(Action.UNDECIDED, f"{REGION}.encryption")
def keys_left_out(it: Estate) -> None:
    del it.encrypted["targetRegions"][0]["encryption"]


@edit(Action.NEW_VERSION, f"{PUBLISHING}replicationMode")
def another_replication_mode(it: Estate) -> None:
    it.single["replicationMode"] = "Shallow"


@edit(Action.NEW_VERSION, f"{V}storageProfile.source", f"{V}storageProfile.osDiskImage.source")
def another_source(it: Estate) -> None:
    del it.version["source"]
    it.version["osDisk"] = {"disk": compute_id("disks", f"os-{it.home}")}


@edit(Action.NEW_VERSION, f"{V}storageProfile.dataDiskImages[].source")
def another_disk(it: Estate) -> None:
    it.disks["dataDisks"][0]["disk"] = compute_id("disks", f"large-{it.home}")


@edit(Action.NEW_VERSION, f"{V}storageProfile")
def other_caching(it: Estate) -> None:
    it.disks["osDisk"]["hostCaching"] = "ReadOnly"


@edit(Action.NEW_VERSION, f"{V}storageProfile.dataDiskImages[].lun")
def a_disk_more(it: Estate) -> None:
    it.disks["dataDisks"].append({"lun": 3, "disk": compute_id("disks", f"large-{it.home}")})


@edit(Action.UNDECIDED, f"{V}storageProfile")
def caching_written(it: Estate) -> None:
    it.disks["dataDisks"][1]["hostCaching"] = "ReadOnly"


@edit(Action.UNDECIDED, f"{V}securityProfile")
def uefi_keys(it: Estate) -> None:
    it.version["uefiSettings"] = {"signatureTemplateNames": ["MicrosoftUefiCertificateAuthorityTemplate"]}


@edit(Action.UNDECIDED, f"{PUBLISHING}endOfLifeDate")
def no_end_of_life(it: Estate) -> None:
    del it.version["endOfLifeDate"]


@edit(Action.REPLACE, f"{V}location")
def a_version_in_another_location(it: Estate) -> None:
    it.version["location"] = it.others[0]


@edit(None, f"{V}restore")
def restored(it: Estate) -> None:
    it.version["restore"] = True
