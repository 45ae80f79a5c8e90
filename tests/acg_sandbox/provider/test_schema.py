"""The package schema names what is served, as the installed SDK has it. That Pulumi can use it is tested with YAML."""

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from pulumi import _types
from pulumi.runtime.proto import provider_pb2 as rpc

from acg_sandbox.provider import generate, tables
from acg_sandbox.provider.schema import package_schema
from tests.acg_sandbox.provider.conftest import Instance

SCHEMA = json.loads(package_schema())


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(found := node.get("$ref"), str):
            yield found
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from references(item)


def sdk(token: str, suffix: str) -> Any:
    _, module, name = token.split(":")
    return getattr(import_module(f"pulumi_azure_native.{module}"), f"{name}{suffix}")


def test_the_provider_answers_with_it(instance: Instance) -> None:
    assert json.loads(instance.stub.GetSchema(rpc.GetSchemaRequest()).schema) == SCHEMA


def test_every_type_that_is_named_is_there_and_every_type_is_named() -> None:
    named = {ref.removeprefix("#/types/") for ref in references(SCHEMA) if ref != "pulumi.json#/Any"}
    assert named == set(SCHEMA["types"])


@pytest.mark.parametrize("token", tables.tokens())
def test_inputs_outputs_and_functions_are_those_of_the_sdk(token: str) -> None:
    resource = SCHEMA["resources"][token]
    args = sdk(token, "Args")
    assert set(resource["inputProperties"]) == set(_types.input_type_types(args))
    assert set(resource["requiredInputs"]) == generate._required(args)
    outputs = set(_types.resource_types(sdk(token, "")))
    assert set(resource["properties"]) == outputs
    module, _, name = token.rpartition(":")
    function = SCHEMA["functions"][f"{module}:get{name}"]
    assert set(function["outputs"]["properties"]) == outputs | {"id"}
    assert set(function["inputs"]["required"]) == set(tables.resource_type(token).parameters)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("azure-native:compute:TargetRegion.regionalReplicaCount", "integer"),
        ("azure-native:compute:TargetRegion.excludeFromLatest", "boolean"),
        ("azure-native:compute:GalleryImageVersionStorageProfile.dataDiskImages", "array"),
        ("azure-native:compute:GalleryImageVersionStorageProfile.osDiskImage", "object"),
    ],
)
def test_values_have_the_kinds_of_the_sdk(value: str, kind: str) -> None:
    token, _, name = value.rpartition(".")
    assert SCHEMA["types"][token]["properties"][name]["type"] == kind


def test_the_settings_of_a_provider_are_those_of_the_sdk() -> None:
    from pulumi_azure_native import ProviderArgs

    names = {"string": str, "boolean": bool, "array": list}
    settings = {name: names[it["type"]] for name, it in SCHEMA["provider"]["inputProperties"].items()}
    kinds = {name: generate._plain(kind) for name, kind in _types.input_type_types(ProviderArgs).items()}
    assert settings == {name: kind if isinstance(kind, type) else list for name, kind in kinds.items()}
