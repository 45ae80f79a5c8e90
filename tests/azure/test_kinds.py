"""The table of resource kinds, compared with the sandbox's, which nobody derives from it, and with what ids tell."""

import pytest

from acg.azure.kinds import KINDS, Kind, Scope, kind_of, split_token
from acg.azure.resource_id import ResourceId
from acg_sandbox.provider import tables

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
SCOPE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"

rows = pytest.mark.parametrize("row", KINDS.values(), ids=KINDS)


def written(row, names):
    return row.id(names, subscription=SUBSCRIPTION, group="rg", scope=SCOPE)


@rows
def test_a_row_says_what_azure_native_says(row):
    theirs = tables.resource_type(row.token)

    assert row.api == theirs.api_version
    path = row.id(
        [f"{{{name}}}" for name in row.name_inputs],
        subscription="{subscriptionId}",
        group="{resourceGroupName}",
        scope="/{scope}",
    )
    assert path == theirs.path


def test_every_kind_that_the_embedded_azure_serves_has_a_row():
    without = {"azure-native:compute:GalleryApplication", "azure-native:compute:GalleryApplicationVersion"}

    assert set(tables.tokens()) - set(KINDS) == without


@rows
def test_ids_are_read_as_they_are_written(row):
    names = [f"name-{index}" for index in range(len(row.types))]
    parsed = ResourceId.parse(written(row, names))

    assert parsed.kind is row.kind
    assert str(parsed) == written(row, names)
    if row.scope is not Scope.SUBSCRIPTION:
        assert (parsed.namespace, parsed.types, parsed.names) == (row.namespace, row.types, tuple(names))


@rows
def test_a_kind_lives_in_what_its_id_leads_through(row):
    if row.parent is None:
        assert len(row.types) == 1
    elif row.scope is not Scope.RESOURCE:
        parent = KINDS[row.parent]
        assert (*parent.types, row.types[-1]) == row.types
        assert (*parent.name_inputs, row.name_input) == row.name_inputs


@rows
def test_a_row_is_found_by_any_token(row):
    package, module, name = row.token.split(":")

    assert kind_of(row.token) is row
    assert kind_of(f"{package}:{module}/v20250303:{name}") is row


def test_a_kind_without_a_row_is_none():
    assert kind_of("azure-native:network:VirtualNetwork") is None
    assert kind_of("random:index:Id") is None


def test_titles_and_kinds_are_one_to_one():
    assert len({row.kind for row in KINDS.values()}) == len(KINDS)
    assert {row.kind for row in KINDS.values()} < set(Kind)


@pytest.mark.parametrize(
    ("token", "plain", "api"),
    [
        ("azure-native:compute:Gallery", "azure-native:compute:Gallery", None),
        ("azure-native:compute/v20250303:Gallery", "azure-native:compute:Gallery", "2025-03-03"),
        ("azure-native:compute/v20250303preview:Gallery", "azure-native:compute:Gallery", "2025-03-03"),
        ("azure-native_compute_v20250303:compute/v20250303:Gallery", "azure-native:compute:Gallery", "2025-03-03"),
        ("azure-native_compute_v20250303:compute:Gallery", "azure-native:compute:Gallery", "2025-03-03"),
        ("my_package:compute:Gallery", "my_package:compute:Gallery", None),
        ("azure-native:compute/vnext:Gallery", "azure-native:compute/vnext:Gallery", None),
        ("pulumi:providers:azure-native", "pulumi:providers:azure-native", None),
        ("odd", "odd", None),
    ],
)
def test_a_token_tells_its_api_version(token, plain, api):
    assert split_token(token) == (plain, api)
