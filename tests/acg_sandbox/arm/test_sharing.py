"""Galleries shared with subscriptions, tenants and the community, and what those see of them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from acg_sandbox.arm import SECOND, TENANT
from tests.acg_sandbox.arm.conftest import GALLERY, MANAGED_IMAGE, SUBSCRIPTION, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals.galleries import community

OTHERS = f"/subscriptions/{SECOND}/providers/Microsoft.Compute/locations"
MINE = f"{SUBSCRIPTION}/providers/Microsoft.Compute/locations"
UNIQUE = f"{SUBSCRIPTION.rsplit('/', 1)[1]}-CORP"


def share(arm: Arm, operation: str, kind: str = "Subscriptions", *ids: str) -> httpx.Response:
    body: dict[str, Any] = {"operationType": operation}
    if ids:
        body["groups"] = [{"type": kind, "ids": list(ids)}]
    answer = arm.ask("POST", f"{GALLERY}/share", body)
    assert answer.status_code == 202, answer.text
    assert arm.ask("GET", answer.headers["Location"]).status_code == 200
    return answer


def directly(arm: Arm) -> None:
    arm.gallery(sharingProfile={"permissions": "Groups"})
    arm.definition()
    arm.golden()
    arm.put(VERSION, version(MANAGED_IMAGE, "westeurope", "northeurope"))


def published(arm: Arm) -> str:
    """The public name of a gallery of the community."""
    arm.gallery(sharingProfile=community())
    arm.definition()
    arm.golden()
    for number in ("1.9.0", "1.10.0"):
        arm.put(VERSION.replace("1.0.0", number), version())
    share(arm, "EnableCommunity")
    return arm.get(GALLERY)["properties"]["sharingProfile"]["communityGalleryInfo"]["publicNames"][0]


def test_groups_are_added_and_removed(arm: Arm) -> None:
    directly(arm)
    share(arm, "Add", "Subscriptions", SECOND, "b")
    share(arm, "Add", "AADTenants", TENANT)
    share(arm, "Remove", "Subscriptions", "b")
    profile = arm.get(GALLERY, **{"$expand": "SharingProfile/Groups"})["properties"]["sharingProfile"]
    assert profile["groups"] == [{"type": "Subscriptions", "ids": [SECOND]}, {"type": "AADTenants", "ids": [TENANT]}]
    share(arm, "Reset")
    assert "groups" not in arm.get(GALLERY, **{"$expand": "SharingProfile/Groups"})["properties"]["sharingProfile"]


def test_the_status_of_sharing_is_shown_on_request(arm: Arm) -> None:
    directly(arm)
    share(arm, "Add", "Subscriptions", SECOND)
    assert "groups" not in arm.get(GALLERY)["properties"]["sharingProfile"]
    status = arm.get(GALLERY, **{"$expand": "SharingProfile/Groups"})["properties"]["sharingStatus"]
    assert status["aggregatedState"] == "Succeeded"
    assert status["summary"][0]["region"] == "West Europe"


def test_permissions_are_shown_on_request(arm: Arm) -> None:
    arm.gallery()
    assert "sharingProfile" not in arm.get(GALLERY)["properties"]
    selected = arm.get(GALLERY, **{"$select": "Permissions"})
    assert selected["properties"]["sharingProfile"] == {"permissions": "Private"}


def test_sharing_survives_an_update(arm: Arm) -> None:
    directly(arm)
    share(arm, "Add", "Subscriptions", SECOND)
    arm.put(GALLERY, {"location": "westeurope", "properties": {"description": "new"}})
    profile = arm.get(GALLERY, **{"$expand": "SharingProfile/Groups"})["properties"]["sharingProfile"]
    assert profile["groups"][0]["ids"] == [SECOND]


def test_a_subscription_sees_what_is_shared_with_it(arm: Arm) -> None:
    directly(arm)
    path = f"{OTHERS}/westeurope/sharedGalleries"
    assert arm.get(path)["value"] == []
    assert arm.ask("GET", f"{path}/{UNIQUE}").status_code == 404
    share(arm, "Add", "Subscriptions", SECOND)
    [gallery] = arm.get(path)["value"]
    assert gallery == {
        "identifier": {"uniqueId": f"/SharedGalleries/{UNIQUE}"},
        "location": "westeurope",
        "name": UNIQUE,
    }
    image = arm.get(f"{path}/{UNIQUE}/images/ubuntu")
    assert image["properties"]["osType"] == "Linux"
    assert "provisioningState" not in image["properties"]
    [shared] = arm.get(f"{path}/{UNIQUE}/images/ubuntu/versions")["value"]
    assert shared["properties"]["storageProfile"]["osDiskImage"]["diskSizeGB"] == 30


def test_a_shared_version_is_seen_where_it_is_replicated(arm: Arm) -> None:
    directly(arm)
    share(arm, "Add", "AADTenants", TENANT)
    seen = [
        arm.ask("GET", f"{OTHERS}/{region}/sharedGalleries/{UNIQUE}/images/ubuntu/versions/1.0.0").status_code
        for region in ("westeurope", "northeurope", "eastus")
    ]
    assert seen == [200, 200, 404]


def test_the_community_sees_a_published_gallery(arm: Arm) -> None:
    public = published(arm)
    path = f"{MINE}/westeurope/communityGalleries/{public}"
    gallery = arm.get(path)
    assert gallery["identifier"] == {"uniqueId": f"/CommunityGalleries/{public}"}
    assert gallery["properties"]["communityMetadata"]["publicNames"] == [public]
    assert arm.get(f"{path}/images")["value"][0]["properties"]["identifier"]["publisher"] == ""
    [newest] = arm.get(f"{path}/images/ubuntu/versions")["value"]
    assert newest["name"] == "1.10.0"
    share(arm, "Reset")
    assert arm.ask("GET", path).status_code == 404


def test_a_community_version_is_a_source(arm: Arm) -> None:
    public = published(arm)
    wanted = f"/CommunityGalleries/{public}/Images/ubuntu/Versions/1.9.0"
    body = version({"source": {"communityGalleryImageId": wanted}})
    arm.put(VERSION.replace("1.0.0", "2.0.0"), body)


@pytest.mark.parametrize("path", ["communityGalleries/nobody-1", "sharedGalleries/nobody-GALLERY"])
def test_what_is_not_shared_is_not_found(arm: Arm, path: str) -> None:
    assert arm.ask("GET", f"{MINE}/westeurope/{path}").status_code == 404
