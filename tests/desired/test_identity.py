"""A resource has the same identity in a catalog and in the stack that was deployed from it."""

from typing import Any

import pytest

from acg.azure import kinds
from acg.azure.identity import Identity
from acg.azure.kinds import KINDS
from acg.catalog.placeholder import Placeholder
from acg.desired import Resource
from acg.desired.identity import identities
from acg.state.exported import resources_of
from tests.desired.documents import gallery, image, resources

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
GALLERY_ID = KINDS[kinds.GALLERY].id(["Corp"], subscription=SUBSCRIPTION, group="RG")

CATALOG: dict[str, Any] = {
    "resourceGroups": {"rg": {"location": "westeurope", "subscription": SUBSCRIPTION}},
    "galleries": {
        "platform": gallery(
            {"Ubuntu": image({"1.0.0": {}})},
            name="Corp",
            resourceGroup="rg",
            subscription=SUBSCRIPTION,
            lock="CanNotDelete",
            readers=["Someone"],
        )
    },
}


def exported(token: str, id_: str | None, **inputs: Any) -> dict[str, Any]:
    return {"urn": f"urn:pulumi:dev::x::{token}::any", "type": token, "custom": True, "id": id_, "inputs": inputs}


DEPLOYED = [
    exported(kinds.RESOURCE_GROUP, KINDS[kinds.RESOURCE_GROUP].id(["rg"], subscription=SUBSCRIPTION)),
    exported(kinds.GALLERY, GALLERY_ID),
    exported(kinds.IMAGE, f"{GALLERY_ID}/images/UBUNTU"),
    exported(kinds.VERSION, f"{GALLERY_ID}/images/ubuntu/versions/1.0.0"),
    exported(
        kinds.ROLE_ASSIGNMENT,
        f"{GALLERY_ID}/providers/Microsoft.Authorization/roleAssignments/0",
        scope=GALLERY_ID,
        principalId="someone",
    ),
    exported(kinds.LOCK, f"{GALLERY_ID}/providers/Microsoft.Authorization/locks/acg", scope=GALLERY_ID, lockName="acg"),
]
EXPECTED = [
    Identity(kinds.RESOURCE_GROUP, SUBSCRIPTION, "rg", ("rg",)),
    Identity(kinds.GALLERY, SUBSCRIPTION, "rg", ("corp",)),
    Identity(kinds.IMAGE, SUBSCRIPTION, "rg", ("corp", "ubuntu")),
    Identity(kinds.VERSION, SUBSCRIPTION, "rg", ("corp", "ubuntu", "1.0.0")),
    Identity(kinds.ROLE_ASSIGNMENT, SUBSCRIPTION, "rg", ("corp", "someone")),
    Identity(kinds.LOCK, SUBSCRIPTION, "rg", ("corp", "acg")),
]


def test_of_a_catalog():
    assert identities(resources(CATALOG).values()) == EXPECTED


def test_of_a_stack():
    assert identities(resources_of(DEPLOYED)) == EXPECTED


def test_what_a_stack_could_not_create_goes_by_its_inputs():
    found = resources_of(
        [exported(kinds.IMAGE, None, resourceGroupName="RG", galleryName="Corp", galleryImageName="Ubuntu")]
    )
    assert identities(found) == [Identity(kinds.IMAGE, None, "rg", ("corp", "ubuntu"))]


@pytest.mark.parametrize("change", [{"subscription": Placeholder(1)}, {"resourceGroup": Placeholder(2)}])
def test_what_is_known_only_after_deployment_is_unknown(change: dict[str, Any]):
    document = {"galleries": {"corp": gallery({"u": image({"1.0.0": {}})}, lock="ReadOnly", **change)}}
    found = identities(resources(document).values())
    for identity in found:
        assert identity is not None
        assert identity.subscription is None
        assert identity.resource_group == (None if "resourceGroup" in change else "rg")
    assert [identity.names for identity in found if identity] == [
        ("corp",),
        ("corp", "u"),
        ("corp", "u", "1.0.0"),
        ("corp", "acg"),
    ]


def test_an_extension_on_something_else_is_not_known_by_its_scope():
    lock = Resource(kinds.LOCK, "lock", {"scope": "/subscriptions/x", "lockName": "keep"})
    assert identities([lock]) == [Identity(kinds.LOCK, None, None, (None, "keep"))]


def test_kinds_without_a_row_have_no_identity():
    assert identities([Resource("random:index:Id", "x", {})]) == [None]


def test_a_versioned_token_is_the_same_kind():
    inputs = {"resourceGroupName": "rg", "galleryName": "corp"}
    [found] = identities([Resource("azure-native:compute/v20250303:Gallery", "x", inputs)])
    assert found == Identity(kinds.GALLERY, None, "rg", ("corp",))
