"""Resource Graph: the form of the API's specification, a handful of queries, Azure's error for the others.

The form is that of the specification's examples, resourcegraph 2021-03-01, ResourcesFirstPageQuery and
ResourcesNextPageQuery: https://github.com/Azure/azure-rest-api-specs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from acg_sandbox.arm.protocol.seed import plant_more
from tests.acg_sandbox.arm.conftest import IMAGE, PLATFORM, Arm

GRAPH = "/providers/Microsoft.ResourceGraph/resources"
API = "2021-03-01"
VERSIONS = """resources
| where type =~ 'microsoft.compute/galleries/images/versions'
| project id, subscriptionId, location, image = tostring(properties.storageProfile.source.id)
| where image contains '/galleries/'
| order by id asc"""
OTHER = "bbbbbbbb-0000-4000-8000-000000000001"


@pytest.fixture
def graph() -> Iterator[Arm]:
    """Five versions that were made from another one, in two subscriptions."""
    arm = Arm(None)
    for number in range(5):
        id_ = IMAGE if number < 4 else IMAGE.replace(PLATFORM, OTHER)
        storage = {"storageProfile": {"source": {"id": f"{IMAGE}/versions/9.0.0"}}}
        entry = {"id": f"{id_}/versions/1.{number}.0", "location": "West Europe", "properties": storage}
        plant_more(arm.azure.state, arm.azure.registry.types, [entry])
    yield arm
    arm.client.close()


def ask(arm: Arm, query: object = VERSIONS, **more: object) -> tuple[int, dict[str, Any]]:
    answer = arm.ask("POST", GRAPH, {"query": query, **more}, api=API)
    return answer.status_code, answer.json()


def test_an_answer_has_the_form_of_the_specification(graph: Arm) -> None:
    status, body = ask(graph, subscriptions=[PLATFORM], options={"resultFormat": "objectArray"})
    assert status == 200
    assert {key: body[key] for key in ("totalRecords", "count", "resultTruncated", "facets")} == {
        "totalRecords": 4, "count": 4, "resultTruncated": "false", "facets": [],
    }  # fmt: skip
    assert body["data"][0] == {
        "id": f"{IMAGE}/versions/1.0.0",
        "subscriptionId": PLATFORM,
        "location": "westeurope",
        "image": f"{IMAGE}/versions/9.0.0",
    }
    assert "$skipToken" not in body


def test_pages_end_where_the_rows_do(graph: Arm) -> None:
    seen: list[str] = []
    token: dict[str, str] = {}
    for size in (2, 2, 1):
        _, body = ask(graph, options={"$top": 2, **token})
        assert (body["count"], body["totalRecords"]) == (size, 5)
        seen += [row["id"] for row in body["data"]]
        token = {"$skipToken": body["$skipToken"]} if "$skipToken" in body else {}
    assert token == {}
    assert len(set(seen)) == 5


@pytest.mark.parametrize(
    ("scope", "rows"),
    [
        ({}, 5),
        ({"subscriptions": [OTHER]}, 1),
        ({"subscriptions": [OTHER.upper(), "cccccccc-0000-4000-8000-000000000009"]}, 1),
        ({"managementGroups": ["99999999-9999-9999-9999-999999999999"]}, 5),
        ({"managementGroups": ["other"]}, 0),
    ],
)
def test_a_scope_that_is_not_there_is_left_out_silently(graph: Arm, scope: dict[str, object], rows: int) -> None:
    assert ask(graph, **scope)[1]["totalRecords"] == rows


def test_white_space_does_not_matter(graph: Arm) -> None:
    assert ask(graph, "  ".join(VERSIONS.split()))[1]["count"] == 5


@pytest.mark.parametrize("query", ["resources | count", VERSIONS.replace("westeurope", "").upper(), "", None])
def test_another_query_gets_the_error_of_azure(graph: Arm, query: object) -> None:
    status, body = ask(graph, query)
    assert (status, body["error"]["code"]) == (400, "BadRequest")
    assert body["error"]["message"].startswith("Please provide below info when asking for support: timestamp = 20")
    assert [one["code"] for one in body["error"]["details"]] == ["InvalidQuery", "ParserFailure"]


@pytest.mark.parametrize(
    "more",
    [
        {"options": "objectArray"},
        {"options": {"$top": "many"}},
        {"options": {"$top": 0}},
        {"options": {"$skip": -1}},
        {"options": {"$skip": 1.5}},
        {"subscriptions": 7},
        {"managementGroups": "root"},
    ],
    ids=str,
)
def test_what_is_of_another_type_is_refused(graph: Arm, more: dict[str, object]) -> None:
    status, body = ask(graph, **more)
    assert (status, body["error"]["code"]) == (400, "InvalidRequestContent")


def test_capacity_makes_as_many_instances(graph: Arm) -> None:
    sets = IMAGE.partition("/galleries/")[0] + "/virtualMachineScaleSets"
    reference = {"storageProfile": {"imageReference": {"id": IMAGE, "exactVersion": "1.0.0"}}}
    entry = {"location": "westeurope", "properties": {"virtualMachineProfile": reference}, "sku": {"capacity": 3}}
    plant_more(graph.azure.state, graph.azure.registry.types, [{"id": f"{sets}/web", **entry}])
    query = """computeresources
    | where type =~ 'microsoft.compute/virtualmachinescalesets/virtualmachines'
    | extend image = properties.storageProfile.imageReference
    | project id, subscriptionId, location, image = tostring(image.id), shared = tostring(image.sharedGalleryImageId),
        community = tostring(image.communityGalleryImageId), exact = tostring(image.exactVersion)
    | where image contains '/galleries/' or isnotempty(shared) or isnotempty(community)
    | order by id asc"""
    _, body = ask(graph, query)
    assert [(row["id"].rpartition("/web/")[2], row["exact"]) for row in body["data"]] == [
        (f"virtualMachines/{number}", "1.0.0") for number in range(3)
    ]


def test_everybody_may_do_everything(graph: Arm) -> None:
    path = f"/subscriptions/{PLATFORM}/providers/Microsoft.Authorization/permissions"
    (found,) = graph.get(path, api="2022-04-01")["value"]
    assert (found["actions"], found["notActions"]) == (["*"], [])


def test_the_root_management_group_has_all_subscriptions_beneath_it(graph: Arm) -> None:
    groups = "/providers/Microsoft.Management/managementGroups"
    found = graph.get(f"{groups}/99999999-9999-9999-9999-999999999999/descendants", api="2020-05-01")["value"]
    assert {(one["type"], one["name"]) for one in found} >= {("/subscriptions", OTHER), ("/subscriptions", PLATFORM)}
    assert graph.ask("GET", f"{groups}/other/descendants", api="2020-05-01").status_code == 403
