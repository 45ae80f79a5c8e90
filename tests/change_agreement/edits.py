"""What people change in a catalog, each with what it means: together every action and every row of the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from acg.plan.model import Action
from tests.agreement.sources import SECOND, compute_id, set_id
from tests.change_agreement.estate import Estate, Json


class Edit(NamedTuple):
    """A change of a catalog."""

    name: str
    means: Action | None
    """An action that the plan must name; None: none at all, for Azure sees no difference."""
    rows: tuple[str, ...]
    """Rows of the mutability table that it touches, as ``Resource:path``."""
    make: Callable[[Estate], None]
    prepare: Callable[[Estate], None] | None = None
    """What the catalog before needs for it."""


EDITS: dict[str, Edit] = {}


def edit(means: Action | None, *rows: str, prepare: Callable[[Estate], None] | None = None) -> Callable:
    def add(make: Callable[[Estate], None]) -> Callable[[Estate], None]:
        EDITS[make.__name__] = Edit(make.__name__, means, rows, make, prepare)
        return make

    return add


V, D, G = "GalleryImageVersion:", "GalleryImage:", "Gallery:"
PUBLISHING = f"{V}publishingProfile."
REGION = f"{PUBLISHING}targetRegions[]"
PERMIT: Json = {"allowDeletionOfReplicatedLocations": True}


def _permit(it: Estate) -> None:
    it.version["safetyProfile"] = dict(PERMIT)


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


@edit(Action.NEW_VERSION, f"{V}storageProfile")
def another_source(it: Estate) -> None:
    del it.version["source"]
    it.version["osDisk"] = {"disk": compute_id("disks", f"os-{it.home}")}


@edit(Action.NEW_VERSION, f"{V}storageProfile")
def another_disk(it: Estate) -> None:
    it.disks["dataDisks"][0]["disk"] = compute_id("disks", f"large-{it.home}")


@edit(Action.NEW_VERSION, f"{V}storageProfile")
def other_caching(it: Estate) -> None:
    it.disks["osDisk"]["hostCaching"] = "ReadOnly"


@edit(Action.NEW_VERSION, f"{V}storageProfile")
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


# -- what means the same -----------------------------------------------------------------------------------------------


@edit(None, f"{REGION}.name")
def spelling_and_order(it: Estate) -> None:
    names = {"westeurope": "West Europe", "northeurope": "North Europe", "eastus2": "East US 2"}
    for region in it.version["targetRegions"]:
        region["name"] = names.get(region["name"], region["name"])
    it.version["targetRegions"].reverse()
    it.version["targetRegions"][2]["storageAccountType"] = "standard_zrs"
    it.image["osType"] = "linux"
    it.gallery["images"] = dict(reversed(it.gallery["images"].items()))


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


# -- definitions -------------------------------------------------------------------------------------------------------


@edit(
    Action.UPDATE,
    *(f"{D}{name}" for name in ("description", "endOfLifeDate", "recommended", "releaseNoteUri", "tags", "disallowed")),
)
def words_of_a_definition(it: Estate) -> None:
    it.image.update(
        {"description": "Else.", "endOfLifeDate": "2029-06-30", "releaseNoteUri": "https://contoso.example/n2"}
    )
    it.image.update({"recommended": {"vCPUs": {"min": 1}}, "tags": {}, "disallowedDiskTypes": ["Premium_LRS"]})


def _fixed(name: str, row: str, value: object) -> None:
    def make(it: Estate) -> None:
        it.image[name] = value

    make.__name__ = f"another_{row}"
    edit(Action.NEW_DEFINITION, f"{D}{row}")(make)


_fixed("architecture", "architecture", "Arm64")
_fixed("eula", "eula", "https://contoso.example/other")
_fixed("hyperVGeneration", "hyperVGeneration", "V1")
_fixed("identifier", "identifier", {"publisher": "contoso", "offer": "base", "sku": "other"})
_fixed("osState", "osState", "Specialized")
_fixed("osType", "osType", "Windows")
_fixed("privacyStatementUri", "privacyStatementUri", "https://contoso.example/other")
_fixed("plan", "purchasePlan", {"name": "basic", "publisher": "fabrikam", "product": "os"})
_fixed("hibernation", "features", False)


@edit(Action.NEW_DEFINITION, f"{D}eula")
def no_eula(it: Estate) -> None:
    del it.image["eula"]


@edit(Action.UPDATE, f"{D}features")
def other_features_allowed(it: Estate) -> None:
    it.image.update({"hibernation": False, "allowUpdateImage": True})


@edit(Action.UNDECIDED, f"{D}features")
def no_features(it: Estate) -> None:
    del it.image["hibernation"], it.image["diskControllerTypes"]


@edit(Action.REPLACE, f"{D}location")
def a_definition_in_another_location(it: Estate) -> None:
    it.image["location"] = it.others[0]
    for version in it.versions.values():
        version["location"] = it.home


# -- galleries and groups ----------------------------------------------------------------------------------------------


@edit(Action.UPDATE, f"{G}description", f"{G}tags", f"{G}identity")
def words_of_a_gallery(it: Estate) -> None:
    it.gallery.update({"description": "Other images.", "tags": {}, "identity": {"type": "SystemAssigned"}})


@edit(Action.SAFETY, f"{G}softDeletePolicy")
def soft_delete(it: Estate) -> None:
    it.gallery["softDeletePolicy"] = {"isSoftDeleteEnabled": True}


@edit(Action.REPLACE, f"{G}location")
def a_gallery_in_another_location(it: Estate) -> None:
    it.gallery["location"] = it.others[0]
    for image in it.gallery["images"].values():
        image["location"] = it.home


@edit(Action.REPLACE, f"{G}sharingProfile")
def a_shared_gallery(it: Estate) -> None:
    it.gallery["sharingProfile"] = {"permissions": "Groups"}


@edit(Action.UNDECIDED, f"{G}sharingProfile")
def a_community_gallery(it: Estate) -> None:
    info = {
        "publisherUri": "https://contoso.example",
        "publisherContact": "i@contoso.example",
        "eula": "https://c.example",
    }
    it.gallery["sharingProfile"] = {
        "permissions": "Community",
        "communityGalleryInfo": {**info, "publicNamePrefix": "contoso"},
    }


@edit(
    Action.REPLACE,
    *(f"{kind}resourceGroupName" for kind in (V, D, G)),
)
def a_gallery_in_another_group(it: Estate) -> None:
    it.gallery["resourceGroup"] = "rg-spare"


@edit(Action.REPLACE, *(f"{kind}galleryName" for kind in (V, D, G)))
def another_name_in_azure(it: Estate) -> None:
    it.gallery["name"] = "golden_other"


@edit(Action.REPLACE, f"{D}galleryImageName", f"{V}galleryImageName", f"{V}galleryImageVersionName")
def a_program_renames(it: Estate) -> None:
    def rename(lowered) -> None:
        for resource in lowered.resources:
            if resource.inputs.get("galleryImageName") == "disks":
                resource.inputs["galleryImageName"] = "renamed"
            if resource.name == "golden_estate/main/1.2.0":
                resource.inputs["galleryImageVersionName"] = "1.2.1"

    it.programs.append(rename)


@edit(Action.REPLACE)
def a_group_in_another_location(it: Estate) -> None:
    it.catalog["resourceGroups"]["rg-spare"]["location"] = it.others[0]


@edit(Action.UPDATE)
def a_tag_of_a_group(it: Estate) -> None:
    it.catalog["resourceGroups"]["rg-spare"]["tags"] = {"owner": "others"}


# -- what comes and goes -----------------------------------------------------------------------------------------------


@edit(Action.CREATE)
def a_new_version(it: Estate) -> None:
    it.versions["2.1.0"] = {"source": it.source()}
    it.versions["1.1.1"] = {"source": {"version": "golden_estate/main/1.1.0"}, "targetRegions": [it.home]}


@edit(Action.CREATE)
def a_new_definition(it: Estate) -> None:
    definition: Json = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2"}
    definition["identifier"] = {"publisher": "contoso", "offer": "base", "sku": "new"}
    definition["versions"] = {"1.0.0": {"source": it.source()}}
    it.gallery["images"]["fresh"] = definition


def _retire(*names: str) -> Callable[[Estate], None]:
    def prepare(it: Estate) -> None:
        for name in names:
            it.versions[name]["retire"] = True

    return prepare


@edit(Action.DELETE, prepare=_retire("1.2.0"))
def a_retired_version_less(it: Estate) -> None:
    del it.versions["1.2.0"]


@edit(Action.FORBIDDEN)
def a_protected_version_less(it: Estate) -> None:
    del it.versions["1.2.0"]


def _guarded(it: Estate) -> None:
    _retire("1.1.0")(it)
    it.version["safetyProfile"] = {"blockDeletionBeforeEndOfLife": True}


@edit(Action.FORBIDDEN, prepare=_guarded)
def a_guarded_version_less(it: Estate) -> None:
    del it.versions["1.1.0"]


def _locked(it: Estate) -> None:
    _retire("1.2.0")(it)
    it.gallery["lock"] = "CanNotDelete"


@edit(Action.FORBIDDEN, prepare=_locked)
def a_locked_version_less(it: Estate) -> None:
    del it.versions["1.2.0"]


@edit(Action.SAFETY, prepare=_locked)
def a_version_and_its_lock_less(it: Estate) -> None:
    del it.versions["1.2.0"], it.gallery["lock"]


@edit(Action.FORBIDDEN, prepare=_retire("1.2.0"))
def a_version_less_under_a_new_lock(it: Estate) -> None:
    del it.versions["1.2.0"]
    it.gallery["lock"] = "CanNotDelete"


def _read_only(it: Estate) -> None:
    it.gallery["lock"] = "ReadOnly"


@edit(Action.FORBIDDEN, prepare=_read_only)
def an_update_under_a_lock(it: Estate) -> None:
    it.version["tags"] = {"tier": "silver"}
    it.versions["3.0.0"] = {"source": it.source()}


def _retired_definition(it: Estate) -> None:
    it.gallery["images"]["disks"]["retire"] = True


@edit(Action.DELETE, prepare=_retired_definition)
def a_retired_definition_less(it: Estate) -> None:
    del it.gallery["images"]["disks"]


def _soft_deleting(it: Estate) -> None:
    _retired_definition(it)
    it.gallery["softDeletePolicy"] = {"isSoftDeleteEnabled": True}


@edit(Action.FORBIDDEN, prepare=_soft_deleting)
def a_definition_with_kept_versions_less(it: Estate) -> None:
    del it.gallery["images"]["disks"]


def _with_foreign(it: Estate) -> None:
    _retired_definition(it)
    foreign = {"osDisk": {"disk": compute_id("disks", f"os-{it.home}")}, "publishedBy": "external"}
    it.gallery["images"]["disks"]["versions"]["1.5.0"] = {**foreign, "targetRegions": [it.home]}


@edit(Action.FORBIDDEN, prepare=_with_foreign)
def a_definition_with_foreign_versions_less(it: Estate) -> None:
    del it.gallery["images"]["disks"]


@edit(Action.ADOPT, prepare=_with_foreign)
def a_foreign_version_taken_over(it: Estate) -> None:
    del it.gallery["images"]["disks"]["versions"]["1.5.0"]["publishedBy"]


@edit(Action.RELEASE)
def a_version_given_away(it: Estate) -> None:
    it.versions["1.2.0"]["publishedBy"] = "external"


@edit(Action.RELEASE)
def a_group_given_away(it: Estate) -> None:
    del it.catalog["resourceGroups"]["rg-images"]


@edit(Action.RENAME)
def another_key(it: Estate) -> None:
    gallery = it.catalog["galleries"].pop("golden_estate")
    it.catalog["galleries"]["other_key"] = {**gallery, "name": "golden_estate"}


@edit(Action.FORBIDDEN)
def another_case(it: Estate) -> None:
    it.gallery["images"]["Disks"] = it.gallery["images"].pop("disks")


@edit(Action.MOVE, prepare=_retired_definition)
def another_gallery(it: Estate) -> None:
    moved = it.gallery["images"].pop("disks")
    it.catalog["galleries"]["second_estate"]["images"]["disks"] = moved


# -- what decides over deletions ---------------------------------------------------------------------------------------


@edit(Action.SAFETY)
def retired(it: Estate) -> None:
    it.image["retire"] = True


@edit(Action.SAFETY, f"{V}safetyProfile")
def permissions(it: Estate) -> None:
    it.version["safetyProfile"] = {**PERMIT, "blockDeletionBeforeEndOfLife": True}


@edit(Action.SAFETY)
def another_reader(it: Estate) -> None:
    it.gallery["readers"] = ["34343434-3434-3434-3434-343434343434"]


@edit(Action.SAFETY)
def a_lock(it: Estate) -> None:
    it.gallery["lock"] = "CanNotDelete"


@edit(Action.SAFETY)
def a_suppression(it: Estate) -> None:
    it.version["suppress"] = [{"rule": "ACG402", "reason": "A trial.", "until": "2027-01-31"}]
