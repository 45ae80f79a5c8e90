"""Image versions: names, publishing profile, updates, deletes."""

from typing import Any

from tests.acg_sandbox.arm.conftest import IMAGE, MANAGED_IMAGE, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals import Refused, refusal
from tests.acg_sandbox.arm.refusals.protocol import lock

NEXT = f"{IMAGE}/versions/1.0.1"
TWO = ("westeurope", "northeurope")


def put_version(arm: Arm, *regions: Any, path: str = VERSION, api: str = "2024-03-03", **properties: Any) -> Refused:
    arm.gallery()
    arm.definition()
    arm.golden()
    return arm.refused("PUT", path, version(MANAGED_IMAGE, *regions, **properties), api=api)


def in_two_regions(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.put(VERSION, version(MANAGED_IMAGE, *TWO))


@refusal("version-name")
def two_numbers(arm: Arm) -> Refused:
    return put_version(arm, path=f"{IMAGE}/versions/1.0")


@refusal("version-name")
def above_32_bits(arm: Arm) -> Refused:
    return put_version(arm, path=f"{IMAGE}/versions/1.0.2147483648")


@refusal("version-name")
def named_latest(arm: Arm) -> Refused:
    return put_version(arm, path=f"{IMAGE}/versions/latest")


@refusal("regions-miss-home")
def replicated_away(arm: Arm) -> Refused:
    return put_version(arm, "northeurope")


@refusal("regions-duplicate")
def region_twice(arm: Arm) -> Refused:
    return put_version(arm, "West Europe", "westeurope")


@refusal("location-not-available")
def target_region_misspelt(arm: Arm) -> Refused:
    return put_version(arm, "westeurope", "norteurope")


@refusal("out-of-range")
def no_replica(arm: Arm) -> Refused:
    return put_version(arm, {"name": "westeurope", "regionalReplicaCount": 0})


@refusal("out-of-range")
def a_hundred_and_one_replicas(arm: Arm) -> Refused:
    return put_version(arm, publishingProfile={"replicaCount": 101})


@refusal("zrs-region")
def zones_where_none_are(arm: Arm) -> Refused:
    return put_version(arm, "westeurope", {"name": "westus", "storageAccountType": "Standard_ZRS"})


@refusal("zrs-region")
def zones_everywhere(arm: Arm) -> Refused:
    return put_version(arm, "westeurope", "westus", publishingProfile={"storageAccountType": "Standard_ZRS"})


@refusal("zrs-region")
def zones_of_a_further_replica_set(arm: Arm) -> Refused:
    extra = {"storageAccountType": "Standard_ZRS", "regionalReplicaCount": 1}
    return put_version(arm, "westeurope", {"name": "westus", "additionalReplicaSets": [extra]})


@refusal("parameter-missing")
def edge_zone_without_a_name(arm: Arm) -> Refused:
    return put_version(arm, publishingProfile={"targetExtendedLocations": [{"name": "westus"}]})


@refusal("storage-strategy")
def strategy_and_type(arm: Arm) -> Refused:
    profile = {"storageAccountStrategy": "PreferStandard_ZRS", "storageAccountType": "Standard_LRS"}
    return put_version(arm, publishingProfile=profile, api="2025-03-03")


@refusal("shallow")
def shallow_in_two_regions(arm: Arm) -> Refused:
    return put_version(arm, *TWO, publishingProfile={"replicationMode": "Shallow"})


@refusal("shallow")
def shallow_with_an_edge_zone(arm: Arm) -> Refused:
    edge = {"name": "westus", "extendedLocation": {"name": "losangeles", "type": "EdgeZone"}}
    return put_version(arm, publishingProfile={"replicationMode": "Shallow", "targetExtendedLocations": [edge]})


@refusal("shallow")
def shallow_with_two_replicas(arm: Arm) -> Refused:
    return put_version(arm, publishingProfile={"replicationMode": "Shallow", "replicaCount": 2})


@refusal("eol-past")
def ends_yesterday(arm: Arm) -> Refused:
    return put_version(arm, publishingProfile={"endOfLifeDate": "2024-12-02"})


@refusal("parameter-not-allowed")
def storage_profile_source_too_new(arm: Arm) -> Refused:
    source = {"source": {"virtualMachineId": "/subscriptions/x"}}
    arm.gallery()
    arm.definition()
    return arm.refused("PUT", VERSION, version(source), api="2022-08-03")


@refusal("storage-mismatch")
def other_global_type_on_update(arm: Arm) -> Refused:
    in_two_regions(arm)
    body = version(MANAGED_IMAGE, *TWO, publishingProfile={"storageAccountType": "Premium_LRS"})
    return arm.refused("PUT", VERSION, body)


@refusal("storage-mismatch")
def region_that_no_longer_names_its_type(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.put(VERSION, version(MANAGED_IMAGE, {"name": "westeurope", "storageAccountType": "Standard_ZRS"}))
    more = {"name": "westeurope", "regionalReplicaCount": 3}
    return arm.refused("PUT", VERSION, version(MANAGED_IMAGE, more))


@refusal("storage-mismatch")
def region_patched_without_its_type(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.put(VERSION, version(MANAGED_IMAGE, {"name": "westeurope", "storageAccountType": "Standard_ZRS"}))
    profile = {"targetRegions": [{"name": "West Europe", "regionalReplicaCount": 3}]}
    return arm.refused("PATCH", VERSION, {"properties": {"publishingProfile": profile}})


@refusal("property-change")
def other_type_in_a_region(arm: Arm) -> Refused:
    in_two_regions(arm)
    targets = ["westeurope", {"name": "northeurope", "storageAccountType": "Standard_ZRS"}]
    return arm.refused("PUT", VERSION, version(MANAGED_IMAGE, *targets))


@refusal("property-change")
def shallow_afterwards(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PATCH", VERSION, {"properties": {"publishingProfile": {"replicationMode": "Shallow"}}})


@refusal("property-change")
def other_whole_source(arm: Arm) -> Refused:
    arm.published()
    arm.golden(MANAGED_IMAGE + "2")
    return arm.refused("PUT", VERSION, version(MANAGED_IMAGE + "2"))


@refusal("region-removal")
def region_taken_away(arm: Arm) -> Refused:
    in_two_regions(arm)
    return arm.refused("PUT", VERSION, version(MANAGED_IMAGE))


@refusal("delete-before-eol")
def kept_until_its_end(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition()
    arm.golden()
    kept = {"safetyProfile": {"blockDeletionBeforeEndOfLife": True}}
    arm.put(VERSION, version(publishingProfile={"endOfLifeDate": "2026-12-31T00:00:00Z"}, **kept))
    return arm.refused("DELETE", VERSION)


@refusal("scope-locked")
def gallery_is_locked(arm: Arm) -> Refused:
    arm.published()
    lock(arm, VERSION)
    return arm.refused("DELETE", VERSION)


@refusal("quota")
def ten_thousand_and_one_versions(arm: Arm) -> Refused:
    arm.published()
    arm.azure.state.store.db.execute("UPDATE tally SET n = 10000 WHERE type LIKE '%/versions'")
    return arm.refused("PUT", NEXT, version())


@refusal("soft-deleted-exists")
def same_number_again(arm: Arm) -> Refused:
    arm.gallery(softDeletePolicy={"isSoftDeleteEnabled": True})
    arm.definition()
    arm.golden()
    arm.put(VERSION, version())
    arm.ask("DELETE", VERSION)
    return arm.refused("PUT", VERSION, version())


@refusal("soft-deleted-missing")
def restored_from_nothing(arm: Arm) -> Refused:
    arm.published()
    body = {"location": "westeurope", "properties": {"restore": True, "storageProfile": {}}}
    return arm.refused("PUT", NEXT, body)


@refusal("out-of-range")
def no_additional_replica(arm: Arm) -> Refused:
    extra = [{"storageAccountType": "PremiumV2_LRS", "regionalReplicaCount": 0}]
    return put_version(arm, {"name": "westeurope", "additionalReplicaSets": extra})


@refusal("out-of-range")
def too_many_replicas_in_an_edge_zone(arm: Arm) -> Refused:
    edge = {"name": "westus", "extendedLocation": {"type": "EdgeZone", "name": "losangeles"}}
    edges = [edge | {"extendedLocationReplicaCount": 101}]
    return put_version(arm, publishingProfile={"targetExtendedLocations": edges})


@refusal("parameter-invalid")
def bookmark_of_another_list(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("GET", f"{IMAGE}/versions", **{"$skiptoken": "%%%"})


@refusal("value-not-allowed")
def lock_of_no_known_level(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("PUT", f"{VERSION}/providers/Microsoft.Authorization/locks/l", {"properties": {"level": "Some"}})


@refusal("property-change")
def other_host_caching(arm: Arm) -> Refused:
    arm.published()
    disk = {"hostCaching": "None"}
    return arm.refused("PATCH", VERSION, {"properties": {"storageProfile": {"osDiskImage": disk}}})
