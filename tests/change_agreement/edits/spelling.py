"""What is written otherwise and means the same to Azure."""

from __future__ import annotations

from tests.change_agreement.edits import PUBLISHING, REGION, D, edit
from tests.change_agreement.estate import Estate


@edit(None, f"{REGION}.name")
def spelling_and_order(it: Estate) -> None:
    names = {"westeurope": "West Europe", "northeurope": "North Europe", "eastus2": "East US 2"}
    for region in it.version["targetRegions"]:
        region["name"] = names.get(region["name"], region["name"])
    it.version["targetRegions"].reverse()
    it.version["targetRegions"][2]["storageAccountType"] = "standard_zrs"
    it.image["osType"] = "linux"
    it.gallery["images"] = dict(reversed(it.gallery["images"].items()))


@edit(None)
def words_in_any_case(it: Estate) -> None:
    it.image.update({"osType": "LINUX", "osState": "generalized", "hyperVGeneration": "v2", "architecture": "X64"})
    del it.image["hibernation"]
    it.image["features"] = {"ishibernatesupported": "True"}
    it.disks["osDisk"]["hostCaching"] = "readwrite"


@edit(None, f"{PUBLISHING}replicationMode")
def defaults_written(it: Estate) -> None:
    it.single.update({"replicationMode": "Full", "storageAccountType": "Standard_LRS", "replicaCount": 1})
    it.single["safetyProfile"] = {"allowDeletionOfReplicatedLocations": False}
    it.single["targetRegions"] = [{"name": it.home, "regionalReplicaCount": 1}]
    it.gallery["images"]["disks"]["architecture"] = "x64"
    it.gallery["sharingProfile"] = {"permissions": "Private"}


@edit(None, f"{D}allowUpdateImage")
def updates_allowed(it: Estate) -> None:
    it.image["allowUpdateImage"] = True
