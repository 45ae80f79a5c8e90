"""What ARM itself refuses, before any provider is asked."""

from acg_sandbox.arm import PLATFORM
from tests.acg_sandbox.arm.conftest import (
    COMPUTE,
    GALLERY,
    GROUP,
    IMAGE,
    SUBSCRIPTION,
    VERSION,
    Arm,
    definition,
    version,
)
from tests.acg_sandbox.arm.refusals import Refused, refusal

UNKNOWN = "/subscriptions/44444444-4444-4444-4444-444444444444"
READER = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
GUIDS = [f"aaaaaaaa-0000-0000-0000-00000000000{n}" for n in range(3)]
LOCK = "providers/Microsoft.Authorization/locks/keep"


def lock(arm: Arm, scope: str, level: str = "CanNotDelete") -> None:
    arm.put(f"{scope}/{LOCK}", {"properties": {"level": level}})


def assignment(principal: str = GUIDS[0]) -> dict[str, dict[str, str]]:
    return {"properties": {"roleDefinitionId": READER, "principalId": principal}}


@refusal("subscription-not-found")
def of_another(arm: Arm) -> Refused:
    return arm.refused("GET", f"{UNKNOWN}/resourceGroups/rg")


@refusal("invalid-subscription")
def no_guid(arm: Arm) -> Refused:
    return arm.refused("GET", "/subscriptions/mine/resourceGroups/rg")


@refusal("api-version-missing")
def without_version(arm: Arm) -> Refused:
    return arm.refused("GET", f"{GALLERY}?x=y")


@refusal("type-unknown")
def read_by_a_version_that_never_was(arm: Arm) -> Refused:
    return arm.refused("GET", GALLERY, api="2022-08-01")


@refusal("api-version-unknown")
def before_the_first(arm: Arm) -> Refused:
    return arm.refused("PUT", GALLERY, {"location": "westeurope"}, api="2017-12-01")


@refusal("type-unknown")
def unknown_type(arm: Arm) -> Refused:
    return arm.refused("GET", f"{COMPUTE}/galaxies/corp")


@refusal("namespace-unknown")
def unknown_namespace(arm: Arm) -> Refused:
    return arm.refused("GET", f"{GROUP}/providers/Microsoft.Kitchen/sinks/one")


@refusal("path-unknown")
def no_subscription(arm: Arm) -> Refused:
    return arm.refused("GET", "/favicon.ico")


@refusal("path-unknown")
def unknown_below_subscription(arm: Arm) -> Refused:
    return arm.refused("GET", f"{SUBSCRIPTION}/sinks")


@refusal("method-not-allowed")
def post_to_a_definition(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("POST", f"{IMAGE}/shine", {})


@refusal("content-invalid")
def no_object(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("PUT", IMAGE, [])


@refusal("location-required")
def without_location(arm: Arm) -> Refused:
    return arm.refused("PUT", GROUP, {})


@refusal("rg-not-found")
def group_missing(arm: Arm) -> Refused:
    return arm.refused("PUT", GALLERY, {"location": "westeurope"})


@refusal("rg-not-found")
def group_missing_on_get(arm: Arm) -> Refused:
    return arm.refused("GET", GALLERY)


@refusal("rg-deleting")
def group_on_its_way_out(arm: Arm) -> Refused:
    arm.put(GROUP, {"location": "westeurope"})
    arm.strike(fault="slow", seconds=60)
    arm.ask("DELETE", GROUP)
    return arm.refused("PUT", GALLERY, {"location": "westeurope"})


@refusal("resource-not-found")
def nothing_there(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("GET", IMAGE)


@refusal("parent-not-found")
def below_nothing(arm: Arm) -> Refused:
    arm.put(GROUP, {"location": "westeurope"})
    return arm.refused("PUT", IMAGE, definition())


@refusal("location-not-available")
def region_misspelt(arm: Arm) -> Refused:
    arm.put(GROUP, {"location": "westeurope"})
    return arm.refused("PUT", GALLERY, {"location": "westeurop"})


@refusal("location-conflict")
def moved(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("PUT", GALLERY, {"location": "northeurope"})


@refusal("nested-exist-arm")
def gallery_with_definitions(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("DELETE", GALLERY)


@refusal("nested-exist-arm")
def definition_with_versions(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("DELETE", IMAGE)


@refusal("nested-exist-rp")
def parent_still_sees_its_child(arm: Arm) -> Refused:
    arm.published()
    arm.strike(fault="ghost-child", seconds=15, method="DELETE")
    arm.ask("DELETE", VERSION)
    arm.clock.pass_(14)
    return arm.refused("DELETE", IMAGE)


@refusal("scope-locked")
def locked_itself(arm: Arm) -> Refused:
    arm.gallery()
    lock(arm, GALLERY)
    return arm.refused("DELETE", GALLERY)


@refusal("scope-locked")
def locked_by_its_group(arm: Arm) -> Refused:
    arm.published()
    lock(arm, GROUP)
    return arm.refused("DELETE", VERSION)


@refusal("scope-locked")
def grant_taken_away_under_a_lock(arm: Arm) -> Refused:
    arm.gallery()
    path = f"{GALLERY}/providers/Microsoft.Authorization/roleAssignments/{GUIDS[1]}"
    arm.put(path, assignment())
    lock(arm, GROUP)
    return arm.refused("DELETE", path)


@refusal("scope-locked")
def granted_under_a_read_only_lock(arm: Arm) -> Refused:
    arm.gallery()
    lock(arm, GALLERY, "ReadOnly")
    path = f"{GALLERY}/providers/Microsoft.Authorization/roleAssignments/{GUIDS[1]}"
    return arm.refused("PUT", path, assignment())


@refusal("scope-locked")
def read_only(arm: Arm) -> Refused:
    arm.gallery()
    lock(arm, SUBSCRIPTION, "ReadOnly")
    return arm.refused("PATCH", GALLERY, {"tags": {"a": "b"}})


@refusal("nested-resource-lock")
def group_with_a_lock_inside(arm: Arm) -> Refused:
    arm.gallery()
    lock(arm, GALLERY)
    return arm.refused("DELETE", GROUP)


@refusal("tags-too-many")
def fifty_one_tags(arm: Arm) -> Refused:
    arm.put(GROUP, {"location": "westeurope"})
    tags = {f"t{n}": "" for n in range(51)}
    return arm.refused("PUT", GALLERY, {"location": "westeurope", "tags": tags})


@refusal("role-assignment-exists")
def granted_twice(arm: Arm) -> Refused:
    arm.gallery()
    scope = f"{GALLERY}/providers/Microsoft.Authorization/roleAssignments"
    arm.put(f"{scope}/{GUIDS[1]}", assignment())
    return arm.refused("PUT", f"{scope}/{GUIDS[2]}", assignment())


@refusal("role-assignment-update")
def granted_to_another(arm: Arm) -> Refused:
    arm.gallery()
    path = f"{GALLERY}/providers/Microsoft.Authorization/roleAssignments/{GUIDS[1]}"
    arm.put(path, assignment())
    return arm.refused("PUT", path, assignment(GUIDS[2]))


@refusal("role-assignment-name")
def named_freely(arm: Arm) -> Refused:
    arm.gallery()
    path = f"{GALLERY}/providers/Microsoft.Authorization/roleAssignments/readers"
    return arm.refused("PUT", path, assignment())


@refusal("operation-not-found")
def no_operation(arm: Arm) -> Refused:
    place = f"{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westeurope/capsOperations"
    return arm.refused("GET", f"{place}/{PLATFORM}")


@refusal("too-many-requests")
def bucket_empty(arm: Arm) -> Refused:
    arm.put(GROUP, {"location": "westeurope"})
    arm.strike(fault="rate-limits", times=0, share=0.04)
    for _ in range(2):
        arm.put(GALLERY, {"location": "westeurope"})
    return arm.refused("PUT", GALLERY, {"location": "westeurope"})


@refusal("operation-in-progress")
def version_still_being_created(arm: Arm) -> Refused:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.strike(fault="slow", seconds=60)
    arm.put(VERSION, version())
    return arm.refused("PATCH", VERSION, {"tags": {"a": "b"}})


@refusal("deleting")
def version_being_deleted(arm: Arm) -> Refused:
    arm.published()
    arm.strike(fault="slow", seconds=60)
    arm.ask("DELETE", VERSION)
    return arm.refused("PATCH", VERSION, {"tags": {"a": "b"}})
