"""Check completes inputs as azure-native does and names what is missing."""

import re

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as rpc

from acg_sandbox.provider.values import UNKNOWN, to_python, to_struct
from tests.acg_sandbox.provider.conftest import GALLERY, GROUP, IMAGE, VERSION, Instance, Properties, urn
from tests.acg_sandbox.provider.fake_arm import FakeArm

ROLE = "azure-native:authorization:RoleAssignment"
LOCK = "azure-native:authorization:ManagementLockByScope"
SCOPE = "/subscriptions/s/resourceGroups/rg"


@pytest.mark.parametrize(
    ("token", "inputs", "key", "pattern", "replaceable"),
    [
        (GROUP, {"location": "westeurope"}, "resourceGroupName", r"it[0-9a-f]{8}", True),
        (GALLERY, {"resourceGroupName": "rg", "location": "x"}, "galleryName", r"it[0-9a-f]{8}", True),
        (LOCK, {"scope": SCOPE, "level": "ReadOnly"}, "lockName", r"it[0-9a-f]{8}", True),
        (
            ROLE,
            {"scope": SCOPE, "principalId": "p", "roleDefinitionId": "r"},
            "roleAssignmentName",
            r"[0-9a-f-]{36}",
            True,
        ),
    ],
)
def test_a_missing_name_is_made_at_random(
    instance: Instance, token: str, inputs: Properties, key: str, pattern: str, replaceable: bool
) -> None:
    checked, problems = instance.check(token, inputs)
    assert problems == []
    assert re.fullmatch(pattern, checked[key])
    assert checked["__createBeforeDelete"] is replaceable


def test_the_name_of_a_child_is_its_logical_name(instance: Instance, definition: Properties) -> None:
    del definition["galleryImageName"]
    checked, _ = instance.check(IMAGE, definition, name="ubuntu-2404")
    assert checked["galleryImageName"] == "ubuntu-2404"
    assert "__createBeforeDelete" not in checked


def test_preview_and_update_make_the_same_name(instance: Instance) -> None:
    group = {"location": "westeurope"}
    names = [instance.check(GROUP, group, seed=seed)[0]["resourceGroupName"] for seed in (b"1", b"1", b"2")]
    assert names[0] == names[1] != names[2]


def test_a_name_once_made_stays(instance: Instance) -> None:
    olds = {"resourceGroupName": "it12345678", "__createBeforeDelete": True}
    checked, _ = instance.check(GROUP, {"location": "westeurope"}, olds)
    assert (checked["resourceGroupName"], checked["__createBeforeDelete"]) == ("it12345678", True)


@pytest.mark.parametrize(
    ("mode", "token", "name"),
    [("ENFORCE", GALLERY, "proposed"), ("PROPOSE", GALLERY, "proposed"), ("DISABLE", GALLERY, None)],
)
def test_the_stack_may_name_resources_itself(instance: Instance, mode: str, token: str, name: str | None) -> None:
    autonaming = rpc.CheckRequest.AutonamingOptions(
        proposed_name="proposed", mode=rpc.CheckRequest.AutonamingOptions.Mode.Value(mode)
    )
    news = to_struct({"resourceGroupName": "rg", "location": "x"})
    answer = instance.stub.Check(rpc.CheckRequest(urn=urn(token), news=news, autonaming=autonaming))
    assert to_python(answer.inputs).get("galleryName") == name
    assert [f.reason for f in answer.failures] == ([] if name else ["missing required property 'galleryName'"])


def test_the_api_version_becomes_an_input(instance: Instance, gallery: Properties) -> None:
    assert instance.check(GALLERY, gallery)[0]["azureApiVersion"] == "2024-03-03"
    assert instance.check("azure-native:compute/v20250303:Gallery", gallery)[0]["azureApiVersion"] == "2025-03-03"


def test_nulls_are_left_out_and_secrets_unwrapped(instance: Instance, gallery: Properties) -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "hidden"}
    news = to_struct(gallery | {"description": secret})
    news.fields["tags"].struct_value.fields["a"].null_value = 0  # type: ignore[assignment]
    news.fields["identity"].null_value = 0  # type: ignore[assignment]
    checked = to_python(instance.stub.Check(rpc.CheckRequest(urn=urn(GALLERY), news=news)).inputs)
    assert checked == gallery | {"description": "hidden", "tags": {}, "azureApiVersion": "2024-03-03"}


class TestLocation:
    def test_stays_as_it_is_written(self, instance: Instance, gallery: Properties) -> None:
        assert instance.check(GALLERY, gallery | {"location": "East US 2"})[0]["location"] == "East US 2"

    def test_is_that_of_before(self, instance: Instance, gallery: Properties) -> None:
        del gallery["location"]
        assert instance.check(GALLERY, gallery, {"location": "northeurope"})[0]["location"] == "northeurope"

    def test_is_the_providers(self, connect, gallery: Properties) -> None:
        del gallery["location"]
        assert connect(location="northeurope").check(GALLERY, gallery)[0]["location"] == "northeurope"

    def test_is_the_resource_groups_which_is_asked_for_once(
        self, instance: Instance, arm: FakeArm, gallery: Properties
    ) -> None:
        del gallery["location"]
        path = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg"
        arm.resources[path.lower()] = {"location": "swedencentral"}
        found = [instance.check(GALLERY, gallery)[0]["location"] for _ in range(2)]
        assert (found, arm.requests) == (["swedencentral"] * 2, [("GET", path, "2020-10-01")])

    def test_is_unknown_while_the_resource_group_is(self, instance: Instance, gallery: Properties) -> None:
        del gallery["location"]
        checked, problems = instance.check(GALLERY, gallery | {"resourceGroupName": UNKNOWN})
        assert (checked["location"], problems) == (UNKNOWN, [])

    def test_is_missing_when_nothing_gives_it(self, instance: Instance, gallery: Properties) -> None:
        del gallery["location"]
        _, problems = instance.check(GALLERY, gallery)
        assert problems == [
            "missing required property 'location'. Either set it explicitly or configure it with"
            " 'pulumi config set azure-native:location <value>'."
        ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"osType": None}, "missing required property 'osType'"),
        ({"identifier": {"publisher": "p", "offer": "o"}}, "missing required property 'identifier.sku'"),
        ({"features": "none"}, "'features' should be of type 'array' but got a string"),
        ({"osType": 3}, "'osType' should be of type 'string' but got a number"),
        ({"recommended": {"vCPUs": {"min": 1.5}}}, "'recommended.vCPUs.min' must be an integer but got 1.500000"),
        (
            {"recommended": {"memory": {"max": "8"}}},
            "'recommended.memory.max' should be of type 'integer' but got a string",
        ),
        ({"osState": ["Generalized"]}, "'osState' should be of type 'string' but got an array"),
        ({"galleryName": None}, "missing required property 'galleryName'"),
        ({"resourceGroupName": ""}, "'resourceGroupName' is too short (0): at least 1 characters required"),
        ({"resourceGroupName": "r" * 91}, "'resourceGroupName' is too long (91): at most 90 characters allowed"),
    ],
)
def test_every_problem_is_named(instance: Instance, definition: Properties, change: Properties, problem: str) -> None:
    assert instance.check(IMAGE, definition | change)[1] == [problem]


def test_problems_inside_lists_have_a_place(instance: Instance, version: Properties) -> None:
    version["publishingProfile"]["targetRegions"][1] = {"regionalReplicaCount": "two"}
    assert instance.check(VERSION, version)[1] == [
        "missing required property 'publishingProfile.targetRegions[1].name'",
        "'publishingProfile.targetRegions[1].regionalReplicaCount' should be of type 'integer' but got a string",
    ]


def test_unknown_values_are_never_a_problem(instance: Instance, version: Properties) -> None:
    unknown = dict.fromkeys(version, UNKNOWN)
    checked, problems = instance.check(VERSION, unknown)
    assert (checked, problems) == (unknown | {"azureApiVersion": "2024-03-03"}, [])


@pytest.mark.parametrize(
    "token",
    ["azure-native:network:VirtualNetwork", "azure-native:compute/v20200101:Gallery", "aws:s3:Bucket"],
)
def test_an_unknown_type_is_refused_by_name(instance: Instance, token: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        instance.check(token, {})
    assert refused.value.details().startswith(f"Resource type {token} not found")  # type: ignore[attr-defined]
