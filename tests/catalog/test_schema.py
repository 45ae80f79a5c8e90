"""The JSON Schema of a catalog: current, documented, and in agreement with the reader."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from acg.catalog.schema import json_schema, schema_text

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "catalog.schema.json"
CATALOGS = sorted(file for folder in ("galleries", "examples") for file in (ROOT / folder).rglob("*.yaml"))

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


class TextDates(yaml.SafeLoader):
    """Reads dates as text, as editors and YAML 1.2 do."""


TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def objects(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every description of a mapping in a schema, with its place."""
    if isinstance(node, dict):
        if "properties" in node:
            yield path, node
        for key, value in node.items():
            yield from objects(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from objects(value, f"{path}/{index}")


OBJECTS = dict(objects(SCHEMA))


def version(**keys: Any) -> dict[str, Any]:
    image = {"existing": True, "versions": {"1.0.0": keys}}
    return {"galleries": {"corp": {"resourceGroup": "rg", "images": {"ubuntu": image}}}}


def test_the_committed_schema_is_current():
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run: acg schema > docs/catalog.schema.json"


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_examples_are_accepted(file):
    assert list(VALIDATOR.iter_errors(yaml.load(file.read_text(encoding="utf-8"), TextDates))) == []  # noqa: S506 - safe


def test_there_are_examples():
    assert CATALOGS


@pytest.mark.parametrize("path", OBJECTS)
def test_every_mapping_refuses_unknown_keys_and_every_property_says_what_it_is(path):
    assert OBJECTS[path]["additionalProperties"] is False
    for key, value in OBJECTS[path]["properties"].items():
        assert value["title"] == key
        assert len(value["description"]) > 5
        assert value["description"].endswith((".", ".)", "…"))


@pytest.mark.parametrize("key", ["protect", "retire", "timeouts", "suppress", "provenance", "publishedBy"])
def test_what_is_not_sent_to_azure_says_so(key):
    field = SCHEMA["$defs"]["ImageVersion"]["properties"][key]

    assert field["x-not-sent-to-azure"] is True
    assert field["description"].endswith("(Not sent to Azure.)")


@pytest.mark.parametrize("key", ["targetRegions", "source", "tags", "endOfLifeDate"])
def test_what_is_sent_to_azure_does_not(key):
    field = SCHEMA["$defs"]["ImageVersion"]["properties"][key]

    assert "x-not-sent-to-azure" not in field
    assert "Not sent" not in field["description"]


@pytest.mark.parametrize(
    "catalog",
    [
        {},
        {"resourceGroups": {"rg": {"location": "westeurope"}}},
        version(targetRegions=["westeurope", {"name": "northeurope", "regionalReplicaCount": 2}]),
        version(replicaCount=2, excludeFromLatest=False, tags={"team": "images"}),
    ],
)
def test_accepted(catalog):
    assert VALIDATOR.is_valid(catalog)


@pytest.mark.parametrize(
    "catalog",
    [
        {"galeries": {}},
        {"galleries": {"corp": {}}},
        {"galleries": {"corp": {"resourceGroup": "rg", "resourceGrp": "rg"}}},
        version(targetRegion=["westeurope"]),
        version(targetRegions="westeurope"),
        version(targetRegions=[{"regionalReplicaCount": 2}]),
        version(targetRegions=[5]),
        version(replicaCount="2"),
        version(excludeFromLatest="yes"),
        version(tags={"cost": 42}),
        version(publishedBy="me"),
        version(timeouts={"create": "soon"}),
    ],
)
def test_refused(catalog):
    assert not VALIDATOR.is_valid(catalog)


def image(**keys: Any) -> dict[str, Any]:
    whole = {"osType": "Linux", "osState": "Generalized", "identifier": {"publisher": "a", "offer": "b", "sku": "c"}}
    return {"galleries": {"corp": {"resourceGroup": "rg", "images": {"ubuntu": {**whole, **keys}}}}}


def gallery(**keys: Any) -> dict[str, Any]:
    return {"galleries": {"corp": {"resourceGroup": "rg", **keys}}}


@pytest.mark.parametrize(
    "catalog",
    [
        image(osType="linux", osState="GENERALIZED", hyperVGeneration="v2", architecture="arm64"),
        image(securityType="TrustedLaunchsupported", endOfLifeDate="2027-06-30T12:00:00Z"),
        image(versions={"1.0.0": {}, "2024.10.16": {}}),
        version(replicaCount=1, storageAccountType="standard_zrs", endOfLifeDate="2027-06-30", location=None),
        version(replicationMode="shallow", publishedOn="2026-10-16", osDisk={"hostCaching": "readonly"}),
        version(dataDisks=[{"lun": 63, "expectedSizeGB": 1}], uefiSettings={"signatureTemplateNames": None}),
        gallery(lock="readonly", identity={"type": "SystemAssigned,UserAssigned"}, readers=["an id"]),
        gallery(lock={"level": "CanNotDelete"}, sharingProfile={"permissions": "community"}, name="Corp_1.0"),
        gallery(suppress=[{"rule": "acg402", "reason": "x", "until": "2027-01-31"}]),
        {"$schema": "catalog.schema.json", "x-regions": ["westeurope"], **gallery()},
    ],
)
def test_values_that_azure_knows_are_accepted_in_any_case(catalog):
    assert list(VALIDATOR.iter_errors(catalog)) == []


@pytest.mark.parametrize(
    "catalog",
    [
        image(osType="linuks"),
        image(hyperVGeneration="V3"),
        image(securityType="Trusted"),
        image(versions={"1.0": {}}),
        image(versions={"v1.0.0": {}}),
        image(endOfLifeDate="someday"),
        image(identifier={"publisher": "a" * 129, "offer": "b", "sku": "c"}),
        version(storageAccountType="SSD"),
        version(replicaCount=1_000),
        version(replicaCount=0),
        version(targetRegions=[{"name": "a", "storageAccountType": "StandardSSD_LRS"}]),
        version(endOfLifeDate="30.06.2027"),
        version(publishedOn="2026-13-01"),
        version(publishedOn="2026-10-16T12:00:00Z"),
        version(dataDisks=[{"lun": 64}]),
        version(osDisk={"hostCaching": "Write", "expectedSizeGB": 30}),
        version(osDisk={"expectedSizeGB": 0}),
        version(uefiSettings={"signatureTemplateNames": ["None"]}),
        gallery(lock="Delete"),
        gallery(lock={"level": "Delete"}),
        gallery(name="corp-1"),
        gallery(images={"-ubuntu": {"existing": True}}),
        gallery(sharingProfile={"permissions": "Public"}),
        gallery(suppress=[{"rule": "ACG402", "reason": "x", "until": "forever"}]),
    ],
)
def test_values_that_azure_would_refuse_are_underlined(catalog):
    assert not VALIDATOR.is_valid(catalog)


def test_it_is_printed_as_json_with_a_final_newline():
    assert json.loads(schema_text()) == SCHEMA
    assert schema_text().endswith("}\n")
