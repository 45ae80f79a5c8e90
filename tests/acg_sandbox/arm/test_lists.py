"""Lists of resources and groups: filtered, a page at a time, and never more than was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, GROUP, IMAGE, MANAGED_IMAGE, SUBSCRIPTION, VERSION, Arm

API = "2021-04-01"
TAGS = f"{GALLERY}/providers/Microsoft.Resources/tags/default"


@pytest.fixture
def full(arm: Arm) -> Arm:
    arm.published()
    arm.put(f"{COMPUTE}/galleries/lab", {"location": "northeurope", "tags": {"c": "d", "env": "prod"}})
    return arm


def names(arm: Arm, path: str = f"{SUBSCRIPTION}/resources", **query: str) -> set[str]:
    return {found["id"].rsplit("/providers/", 1)[-1] for found in arm.get(path, api=API, **query)["value"]}


CORP, LAB = "Microsoft.Compute/galleries/corp", "Microsoft.Compute/galleries/lab"
GOLDEN = "Microsoft.Compute/images/golden"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("resourceType eq 'Microsoft.Compute/galleries'", {CORP, LAB}),
        ("resourceType eq 'microsoft.compute/GALLERIES'", {CORP, LAB}),
        ("name eq 'corp'", {CORP}),
        ("name eq 'corp' and resourceType eq 'Microsoft.Compute/galleries'", {CORP}),
        ("name eq 'corp' or name eq 'golden'", {CORP, GOLDEN}),
        ("tagName eq 'c' and tagValue eq 'd'", {LAB}),
        ("tagName eq 'C'", {LAB}),
        ("tagname eq 'c' and tagvalue eq 'prod'", set()),
        ("startswith(tagName, 'en')", {LAB}),
        ("location eq 'North Europe'", {LAB}),
        ("substringof('OL', name)", {GOLDEN}),
        ("startswith(name, 'la')", {LAB}),
        ("resourceGroup eq 'RG' and (name eq 'lab' or name eq 'golden')", {LAB, GOLDEN}),
        ("resourceType ne 'Microsoft.Compute/galleries' and substringof('o', name)", {GOLDEN}),
        ("name eq 'it''s'", set()),
    ],
)
def test_a_filter_lets_through_what_it_says(full: Arm, text: str, found: set[str]) -> None:
    assert names(full, **{"$filter": text}) == found
    assert names(full, f"{GROUP}/resources", **{"$filter": text}) == found


@pytest.mark.parametrize(
    "text",
    [
        "name",
        "name eq corp",
        "name eq 'corp",
        "name gt 'a'",
        "tagValue eq 'd'",
        "tagName ne 'c'",
        "tagName eq 'c' and tagName eq 'd'",
        "endswith(name, 'p')",
        "(name eq 'corp'",
        "name eq 'corp' name eq 'lab'",
        "subscriptionId eq 'x'",
        "name eq 'corp' and",
        "1 eq 1",
        "'corp' eq name",
    ],
)
def test_a_filter_that_is_not_understood_is_refused(full: Arm, text: str) -> None:
    for path in (f"{SUBSCRIPTION}/resources", f"{GROUP}/resources", f"{SUBSCRIPTION}/resourceGroups"):
        status, code, message = full.refused("GET", path, api=API, **{"$filter": text})
        assert (status, code) == (400, "InvalidFilterInQueryString")
        assert text in message


def _all(arm: Arm, path: str, **query: str) -> list[list[str]]:
    pages: list[list[str]] = []
    page = arm.get(path, api=API, **query)
    while True:
        pages.append([one["name"] for one in page["value"]])
        if "nextLink" not in page:
            return pages
        page = arm.get(page["nextLink"])


def test_top_is_the_size_of_a_page(full: Arm) -> None:
    pages = _all(full, f"{GROUP}/resources", **{"$top": "2"})
    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(name for page in pages for name in page) == ["1.0.0", "corp", "golden", "lab", "ubuntu"]


def test_a_filter_holds_on_every_page(full: Arm) -> None:
    pages = _all(full, f"{SUBSCRIPTION}/resources", **{"$top": "1", "$filter": "startswith(resourceGroup, 'r')"})
    assert [len(page) for page in pages] == [1, 1, 1, 1, 1]


def test_long_lists_come_in_pages(make_arm: Callable[..., Arm]) -> None:
    arm = make_arm(page_size=10)
    for n in range(25):
        arm.put(f"{SUBSCRIPTION}/resourceGroups/g{n:02}", {"location": "westeurope", "tags": {"n": str(n % 2)}})
    assert [len(page) for page in _all(arm, f"{SUBSCRIPTION}/resourceGroups")] == [10, 10, 5]
    odd = _all(arm, f"{SUBSCRIPTION}/resourceGroups", **{"$filter": "tagName eq 'n' and tagValue eq '1'"})
    assert [len(page) for page in odd] == [10, 2]


def test_more_is_shown_when_asked_for(full: Arm) -> None:
    asked = {"$expand": "createdTime,changedTime,provisioningState", "$filter": "name eq 'lab'"}
    (lab,) = full.get(f"{SUBSCRIPTION}/resources", api=API, **asked)["value"]
    assert lab["provisioningState"] == "Succeeded"
    assert lab["createdTime"] == lab["changedTime"] == "2026-05-28T20:26:40+00:00"
    full.clock.pass_(60)
    full.ask("PATCH", f"{COMPUTE}/galleries/lab", {"tags": {}})
    (lab,) = full.get(f"{SUBSCRIPTION}/resources", api=API, **asked)["value"]
    assert (lab["createdTime"], lab["changedTime"]) == ("2026-05-28T20:26:40+00:00", "2026-05-28T20:27:40+00:00")


@pytest.mark.parametrize(
    "path",
    [
        f"{GROUP}/providers/Microsoft.Compute//galleries/corp",
        f"{GROUP}//providers/Microsoft.Compute/galleries//corp/",
    ],
)
def test_empty_segments_of_a_path_count_for_nothing(full: Arm, path: str) -> None:
    assert full.get(path)["id"] == GALLERY


def test_a_lock_is_put_where_released_clients_put_it(full: Arm) -> None:
    path = f"{GROUP}/providers/Microsoft.Compute//galleries/corp/providers/Microsoft.Authorization/locks/l"
    full.put(path, {"properties": {"level": "CanNotDelete"}})
    assert full.refused("DELETE", VERSION)[1] == "ScopeLocked"


@pytest.mark.parametrize("path", [GROUP, GALLERY, VERSION, MANAGED_IMAGE])
def test_tags_are_a_resource_of_their_own(full: Arm, path: str) -> None:
    tags = f"{path}/providers/Microsoft.Resources/tags/default"
    assert full.get(tags)["properties"] == {"tags": {}}
    full.put(tags, {"properties": {"tags": {"a": "1", "b": "2"}}})
    full.ask("PATCH", tags, {"operation": "Merge", "properties": {"tags": {"b": "3", "c": "4"}}})
    full.ask("PATCH", tags, {"operation": "Delete", "properties": {"tags": {"a": "1", "b": "other"}}})
    assert full.get(path)["tags"] == full.get(tags)["properties"]["tags"] == {"b": "3", "c": "4"}
    full.ask("PATCH", tags, {"operation": "Replace", "properties": {"tags": {"d": "5"}}})
    assert full.get(path)["tags"] == {"d": "5"}
    assert full.ask("DELETE", tags).status_code == 200
    assert full.get(path)["tags"] == {}


def test_tags_under_a_read_only_lock_stay(full: Arm) -> None:
    full.put(f"{GROUP}/providers/Microsoft.Authorization/locks/l", {"properties": {"level": "ReadOnly"}})
    body = {"properties": {"tags": {"a": "1"}}}
    assert full.refused("PUT", f"{IMAGE}/providers/Microsoft.Resources/tags/default", body)[1] == "ScopeLocked"


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("GET", f"{GROUP}/providers/Microsoft.Resources/tags/other", None, "NotFound"),
        ("GET", f"{GALLERY}2/providers/Microsoft.Resources/tags/default", None, "ResourceNotFound"),
        ("PATCH", TAGS, {"properties": {"tags": {"a": "1"}}}, "InvalidParameter"),
        ("PATCH", TAGS, {"operation": "Add", "properties": {"tags": {"a": "1"}}}, "InvalidParameter"),
        ("PUT", TAGS, {"properties": {"tags": ["a"]}}, "BadRequest"),
        ("PUT", TAGS, {"properties": {"tags": {str(number): "" for number in range(51)}}}, "InvalidTags"),
        ("PUT", TAGS, {"properties": {"tags": {str(number): "" for number in range(50)}}}, None),
    ],
)
def test_tags_are_refused_as_of_any_resource(full: Arm, method: str, path: str, body: Any, code: str | None) -> None:
    answer = full.ask(method, path, body)
    assert answer.json().get("error", {}).get("code") == code


def test_every_namespace_is_registered(arm: Arm) -> None:
    listed = arm.get(f"{SUBSCRIPTION}/providers", api=API)["value"]
    assert {"Microsoft.Compute", "Microsoft.Resources"} <= {one["namespace"] for one in listed}
    one = arm.get(f"{SUBSCRIPTION}/providers/microsoft.compute", api=API)
    assert one["registrationState"] == "Registered"
    versions = next(t for t in one["resourceTypes"] if t["resourceType"] == "galleries/images/versions")
    assert versions["apiVersions"][0] == "2026-03-03"
    again = arm.ask("POST", f"{SUBSCRIPTION}/providers/Microsoft.Compute/register", api=API)
    assert (again.status_code, again.json()["namespace"]) == (200, "Microsoft.Compute")


def test_the_case_of_an_option_does_not_matter(full: Arm) -> None:
    assert full.client.get(GALLERY, params={"Api-Version": "2024-03-03"}).status_code == 200
    found = full.client.get(f"{GROUP}/resources", params={"API-VERSION": API, "$Filter": "name eq 'lab'"})
    assert [one["name"] for one in found.json()["value"]] == ["lab"]


def test_an_identity_loses_what_is_taken_from_it(arm: Arm) -> None:
    arm.put(GROUP, {"location": "westeurope"})
    user = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u"
    both = {"type": "SystemAssigned, UserAssigned", "userAssignedIdentities": {user: {}}}
    arm.put(GALLERY, {"location": "westeurope", "identity": both})
    assert arm.ask("PATCH", GALLERY, {"identity": {"type": "SystemAssigned"}}).status_code == 200
    identity = arm.get(GALLERY)["identity"]
    assert (identity["type"], "userAssignedIdentities" in identity) == ("SystemAssigned", False)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_private_gallery_stays_private(arm: Arm, method: str) -> None:
    arm.gallery()
    body = {"location": "westeurope", "properties": {"sharingProfile": {"permissions": "Private"}}}
    assert arm.ask(method, GALLERY, body).status_code == 200


@pytest.mark.parametrize("kind", ["disks", "snapshots"])
def test_generated_clients_take_the_answer_to_a_new_disk(arm: Arm, kind: str) -> None:
    arm.put(GROUP, {"location": "westeurope"})
    made = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 30}
    body = {"location": "westeurope", "properties": made}
    first = arm.ask("PUT", f"{COMPUTE}/{kind}/d", body)
    assert first.status_code == 202
    assert {"Location", "Azure-AsyncOperation"} <= {
        name.title().replace("Asyncop", "AsyncOp") for name in first.headers
    }
    assert arm.ask("PUT", f"{COMPUTE}/{kind}/d", body).status_code == 200


READERS = ("88888888-8888-8888-8888-888888888881", "88888888-8888-8888-8888-888888888882")
ROLE = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {1}),
        ("atScope()", {0, 1}),
        (f"principalId eq '{READERS[1]}'", {1}),
        (f"atScope() and assignedTo('{READERS[0]}')", {0}),
        (f"atScope() and principalId eq '{READERS[0].upper()}'", {0}),
    ],
)
def test_role_assignments_are_filtered_by_scope_and_principal(full: Arm, text: str, found: set[int]) -> None:
    for number, scope in enumerate((GROUP, GALLERY)):
        path = f"{scope}/providers/Microsoft.Authorization/roleAssignments/{READERS[number]}"
        full.put(path, {"properties": {"roleDefinitionId": ROLE, "principalId": READERS[number]}})
    query = {"$filter": text} if text else {}
    listed = full.get(f"{GALLERY}/providers/Microsoft.Authorization/roleAssignments", **query)["value"]
    assert {READERS.index(one["name"]) for one in listed} == found


@pytest.mark.parametrize("text", ["atScope", "atScope() or atScope()", "roleDefinitionId eq 'x'", "atScope() and "])
def test_another_filter_of_role_assignments_is_refused(full: Arm, text: str) -> None:
    path = f"{GALLERY}/providers/Microsoft.Authorization/roleAssignments"
    assert full.refused("GET", path, **{"$filter": text})[1] == "InvalidFilterInQueryString"
