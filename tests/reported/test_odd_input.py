"""Faults of `acg check` with input that somebody really had: templates, other notations, other files, misspelt keys."""

from pathlib import Path

import pytest

from tests.reported.catalogs import catalog
from tests.reported.commands import TWO_REPLICAS, Row, check, each, guarded, one

DEFAULTS = {"targetRegions": [{"name": "westeurope", "regionalReplicaCount": 1}]}


def text(keys: str) -> str:
    """A gallery with a line of its own."""
    return f"galleries:\n  corp:\n    resourceGroup: rg\n    {keys}\n"


ROWS = [
    Row("a template of GitHub", one(text("location: ${{ inputs.region }}")), 2, ["${{ inputs.region }}, a template"]),
    Row("a template of Azure Pipelines", one(text("location: $(region)")), 2, ["$(region), a template"]),
    Row("a template of Jinja, not quoted", one(text("location: {{ region }}")), 2, ["{{ region }}, a template"]),
    Row("a placeholder", one(text("description: <description>")), 2, ["<description>, a template"]),
    Row("a template of ERB", one(text("description: <%= description %>")), 2, ["<%= description %>, a template"]),
    Row(
        "a region as the command line of Azure takes it",
        one(text("defaults: {targetRegions: [westus=1=standard_zrs]}")),
        2,
        ["{name: westus, regionalReplicaCount: 1, storageAccountType: Standard_ZRS}"],
    ),
    Row(
        "an edge zone as the command line of Azure takes it",
        one(text("defaults: {targetExtendedLocations: [westus=microsoftlosangeles1=1]}")),
        2,
        ["as the Azure CLI takes"],
    ),
    Row("a character that nobody sees", one(text(r'tags: {owner: "a\x1b[31m"}')), 2, ["U+001B"]),
    Row("standard input", {}, 1, ["ACG103"], arguments=["-"], stdin=catalog(number="1.0")),
    Row("keys for anchors", one(catalog(top={"x-regions": ["westeurope"]})), 0),
    Row("an ending in capitals", {"catalog/CORP.YML": catalog(number="1.0")}, 1, ["ACG103"], arguments=["catalog"]),
    Row("JSON in a folder", {"catalog/corp.json": catalog(number="1.0")}, 1, ["ACG103"], arguments=["catalog"]),
    Row(
        "a misspelt key of a definition leaves its versions declared",
        {
            "catalog/corp.yaml": catalog(image={"osTyp": "Linux", "osType": None}),
            "catalog/web.yaml": catalog({"source": {"version": "corp/ubuntu/1.0.0"}}).replace('"corp"', '"web"'),
        },
        2,
        ["osTyp"],
        ["names no version"],
        arguments=["catalog"],
    ),
    Row(
        "a count nearer the version wins over that of an outer region",
        {
            **guarded(minimum_replicas=TWO_REPLICAS),
            "catalog.yaml": catalog(
                {"targetRegions": None}, gallery={"defaults": {"replicaCount": 2}}, top={"defaults": DEFAULTS}
            ),
        },
        0,
        silent=["ACG903"],
        arguments=["catalog.yaml", "--config", "guardrails.json"],
    ),
    Row(
        "one gallery in two files",
        {
            "catalog/a.yaml": catalog(),
            "catalog/b.yaml": "galleries: {corp: {images: {debian: {osType: Linux, osState: Generalized, "
            "hyperVGeneration: V2, identifier: {publisher: contoso, offer: linux, sku: debian}}}}}",
        },
        0,
        arguments=["catalog"],
    ),
]


@each(ROWS)
def test_the_command(row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    check(row, tmp_path, monkeypatch, capsys)
