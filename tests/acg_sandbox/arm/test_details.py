"""Properties that are completed, kept or shown: identities, locks, applications, disks, headers, the log."""

from __future__ import annotations

import pytest

from tests.acg_sandbox.arm.conftest import (
    COMPUTE,
    GALLERY,
    GROUP,
    IMAGE,
    MANAGED_IMAGE,
    VERSION,
    Arm,
    definition,
    version,
)
from tests.acg_sandbox.arm.refusals.galleries import package
from tests.acg_sandbox.arm.refusals.sources import from_disks, system_disk


def test_a_managed_identity_gets_its_principal(arm: Arm) -> None:
    user = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me"
    arm.put(GROUP, {"location": "westeurope"})
    identity = {"type": "SystemAssigned, UserAssigned", "userAssignedIdentities": {user: {}}}
    arm.put(GALLERY, {"location": "westeurope", "identity": identity})
    body = arm.get(GALLERY)["identity"]
    assert set(body) == {"principalId", "tenantId", "type", "userAssignedIdentities"}
    assert set(body["userAssignedIdentities"][user]) == {"principalId", "clientId"}
    assert arm.get(GALLERY)["identity"] == body


def test_locks_and_assignments_stand_at_any_scope(arm: Arm) -> None:
    arm.published()
    lock = f"{VERSION}/providers/Microsoft.Authorization/locks/keep"
    assert arm.put(lock, {"properties": {"level": "CanNotDelete"}}).json()["type"] == "Microsoft.Authorization/locks"
    assert arm.get(f"{VERSION}/providers/Microsoft.Authorization/locks")["value"][0]["name"] == "keep"
    assert arm.ask("DELETE", VERSION).status_code == 409
    assert arm.ask("DELETE", lock).status_code == 200
    assert arm.ask("DELETE", VERSION).status_code == 202


def test_an_application_is_done_when_answered(arm: Arm) -> None:
    arm.gallery()
    path = f"{GALLERY}/applications/agent"
    answer = arm.put(path, {"location": "westeurope", "properties": {"supportedOSType": "Linux"}})
    assert "Azure-AsyncOperation" not in answer.headers
    assert "provisioningState" not in answer.json()["properties"]
    assert arm.ask("DELETE", path).status_code == 200


def test_disks_and_snapshots_inherit_from_what_they_are_made_of(arm: Arm) -> None:
    arm.put(GROUP, {"location": "westeurope"})
    made = {"createOption": "Copy", "sourceResourceId": system_disk(arm)}
    path = f"{COMPUTE}/snapshots/copy"
    arm.put(path, {"location": "westeurope", "properties": {"creationData": made}})
    body = arm.get(path)["properties"]
    assert (body["diskSizeGB"], body["osType"], body["hyperVGeneration"]) == (30, "Linux", "V2")


@pytest.mark.parametrize(("member", "longest"), [("publisher", 128), ("offer", 64), ("sku", 64)])
def test_an_identifier_may_be_as_long_as_azure_says(arm: Arm, member: str, longest: int) -> None:
    arm.gallery()
    for length, status in ((longest, 201), (longest + 1, 400)):
        identifier = {"publisher": "p", "offer": "o", "sku": "s", member: "x" * length}
        answer = arm.ask("PUT", f"{GALLERY}/images/of-{length}", definition(identifier=identifier))
        assert answer.status_code in (status, status + 1), answer.text


def test_a_definition_is_case_insensitive_in_its_members(arm: Arm) -> None:
    arm.gallery()
    body = definition()
    body["properties"]["HYPERVGENERATION"] = body["properties"].pop("hyperVGeneration").lower()
    arm.put(IMAGE, body)
    assert arm.get(IMAGE)["properties"]["hyperVGeneration"] == "V2"


def test_version_from_disks_keeps_the_order_of_keys(arm: Arm) -> None:
    arm.put(GROUP, {"location": "westeurope"})
    source = from_disks(system_disk(arm))
    source["osDiskImage"] = {"source": source["osDiskImage"]["source"], "hostCaching": "ReadOnly"}
    arm.gallery()
    arm.definition()
    arm.put(VERSION, version(source))
    assert list(arm.get(VERSION)["properties"]["storageProfile"]["osDiskImage"]) == [
        "sizeInGB",
        "hostCaching",
        "source",
    ]


def test_every_answer_carries_arm_s_headers(arm: Arm) -> None:
    asked = {"x-ms-client-request-id": "abc", "x-ms-return-client-request-id": "true"}
    answer = arm.client.get(GROUP, params={"api-version": "2024-11-01"}, headers=asked)
    assert answer.headers["x-ms-client-request-id"] == "abc"
    for name in ("x-ms-request-id", "x-ms-correlation-request-id", "x-ms-routing-request-id"):
        assert answer.headers[name]
    assert answer.headers["x-ms-ratelimit-remaining-subscription-global-reads"] == "3749"
    assert answer.headers["x-ms-error-code"] == "ResourceGroupNotFound"


def test_the_log_tells_what_was_asked(arm: Arm) -> None:
    arm.gallery()
    arm.ask("GET", VERSION)
    entries = arm.azure.state.store.db.execute("SELECT method, path, status, code FROM log ORDER BY n").fetchall()
    assert entries == [
        ("PUT", GROUP, 201, None),
        ("PUT", GALLERY, 201, None),
        ("GET", VERSION, 404, "ResourceNotFound"),
    ]


def test_an_application_changes_what_it_may(arm: Arm) -> None:
    arm.gallery()
    path = f"{GALLERY}/applications/agent"
    arm.put(path, {"location": "westeurope", "properties": {"supportedOSType": "Linux"}})
    arm.ask("PATCH", path, {"properties": {"eula": "https://contoso.example/eula"}})
    assert arm.get(path)["properties"] == {"supportedOSType": "Linux", "eula": "https://contoso.example/eula"}


def test_a_package_is_replicated_and_takes_a_new_token(arm: Arm) -> None:
    arm.gallery()
    path = f"{GALLERY}/applications/agent"
    arm.put(path, {"location": "westeurope", "properties": {"supportedOSType": "Linux"}})
    body = package(targetRegions=[{"name": "westeurope"}, {"name": "eastus", "regionalReplicaCount": 2}])
    arm.put(f"{path}/versions/1.0.0", body)
    body["properties"]["publishingProfile"]["source"]["mediaLink"] = "https://x.example/p?sig=2"
    arm.put(f"{path}/versions/1.0.0", body)
    shown = arm.get(f"{path}/versions/1.0.0", **{"$expand": "ReplicationStatus"})["properties"]
    assert shown["publishingProfile"]["source"]["mediaLink"].endswith("sig=2")
    assert shown["publishingProfile"]["enableHealthCheck"] is False
    assert [entry["region"] for entry in shown["replicationStatus"]["summary"]] == ["West Europe", "East US"]
    assert arm.ask("DELETE", path).status_code == 409


def test_replicas_of_other_kinds_and_places_are_kept(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    extra = [{"regionalReplicaCount": 2, "storageAccountType": "PremiumV2_LRS"}]
    edge = {"name": "westus", "extendedLocation": {"name": "losangeles", "type": "EdgeZone"}}
    home = {"name": "westeurope", "additionalReplicaSets": extra}
    arm.put(VERSION, version(MANAGED_IMAGE, home, publishingProfile={"targetExtendedLocations": [edge]}))
    profile = arm.get(VERSION)["properties"]["publishingProfile"]
    assert profile["targetRegions"][0]["additionalReplicaSets"] == extra
    assert profile["targetExtendedLocations"] == [edge]


def test_security_settings_are_kept(arm: Arm) -> None:
    keys = {"type": "x509", "value": ["MIIB"]}
    security = {
        "uefiSettings": {"signatureTemplateNames": ["NoSignatureTemplate"], "additionalSignatures": {"db": [keys]}}
    }
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.put(VERSION, version(securityProfile=security))
    assert arm.get(VERSION)["properties"]["securityProfile"] == security
    arm.put(VERSION, version())
    assert arm.get(VERSION)["properties"]["securityProfile"] == security


def test_a_delete_lock_lets_changes_pass(arm: Arm) -> None:
    arm.published()
    arm.put(f"{GALLERY}/providers/Microsoft.Authorization/locks/keep", {"properties": {"level": "CanNotDelete"}})
    assert arm.ask("PATCH", VERSION, {"tags": {"a": "b"}}).status_code == 200


def test_what_is_deleted_no_longer_counts_against_the_quota(arm: Arm) -> None:
    arm.put(GROUP, {"location": "westeurope"})
    for n in range(100):
        arm.put(f"{COMPUTE}/galleries/g{n}", {"location": "westeurope"})
    assert arm.ask("PUT", GALLERY, {"location": "westeurope"}).status_code == 409
    arm.ask("DELETE", f"{COMPUTE}/galleries/g0")
    arm.put(GALLERY, {"location": "westeurope"})


def test_writing_what_a_property_means_anyway_changes_nothing(arm: Arm) -> None:
    arm.published()
    before = arm.get(VERSION), arm.get(GALLERY)
    version_body = version(MANAGED_IMAGE, publishingProfile={"replicationMode": "Full"})
    assert arm.put(VERSION, version_body).status_code == 200
    gallery = {"location": "westeurope", "properties": {"sharingProfile": {"permissions": "Private"}}}
    assert arm.put(GALLERY, gallery).status_code == 200
    assert (arm.get(VERSION), arm.get(GALLERY)) == before
