"""Faults that `acg check` had: what lies in the folder, the exit code, and what a person reads."""

import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from acg.cli.main import run
from tests.reported.catalogs import MACHINE, catalog

PROJECT = {"Pulumi.yaml": "name: images\n"}
OWN_RULE = '''"""A gallery is small."""
from acg.rules import azure_rule
from acg.rules.views import Gallery

@azure_rule(code="ACG951", name="small-gallery", looks_at=Gallery, why="Because.", fix="Do.", source="https://example.com")
def small_gallery(gallery):
    yield gallery.fails("is too large", "location")
'''


@dataclass(frozen=True)
class Row:
    """One fault: what somebody ran, and what it has to end with."""

    name: str
    files: Mapping[str, str | bytes]
    code: int
    says: Sequence[str] = ()
    silent: Sequence[str] = ()
    arguments: Sequence[str] = ("catalog.yaml",)
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: str = ""


def one(text: str, **more: str) -> dict[str, str | bytes]:
    """The files of a project with one catalog."""
    return {"catalog.yaml": text, **more}


def text(keys: str) -> str:
    """A gallery with a line of its own."""
    return f"galleries:\n  corp:\n    resourceGroup: rg\n    {keys}\n"


def guarded(**settings: object) -> dict[str, str]:
    """A project with settings."""
    return {**PROJECT, "guardrails.json": json.dumps({key.replace("_", "-"): value for key, value in settings.items()})}


TWO_REPLICAS = {"enforcementLevel": "mandatory", "replicas": 2}
EXPIRED = [{"rule": "ACG103", "reason": "agreed", "until": "2020-01-01"}]
FOR_EVER = [{"rule": "ACG103", "reason": "agreed", "until": "2999-12-31"}]
SHARED = {"common.yaml": "defaults: {tags: {owner: images}}\nresourceGroups: {rg: {location: westeurope}}\n"}
DEFAULTS = {"targetRegions": [{"name": "westeurope", "regionalReplicaCount": 1}]}

SETTINGS = [
    Row(
        "guardrails.json beside Pulumi.yaml counts without being named",
        {**guarded(minimum_replicas=TWO_REPLICAS), "catalog.yaml": catalog()},
        1,
        ["ACG903", "minimum-replicas"],
    ),
    Row(
        "rules of the team's own come from ACG_RULES",
        {**PROJECT, "catalog.yaml": catalog(), "rules/small_gallery.py": OWN_RULE},
        1,
        ["ACG951"],
        environment={"ACG_RULES": "FOLDER/rules"},
    ),
    Row(
        "suppressions have a level of their own",
        {**guarded(suppressions={"enforcementLevel": "mandatory"}), "catalog.yaml": catalog({"suppress": EXPIRED})},
        1,
        ["ACG091"],
        arguments=["catalog.yaml", "--config", "guardrails.json"],
    ),
    Row(
        "no suppression lasts for ever",
        one(catalog({"suppress": FOR_EVER}, number="1.0")),
        1,
        ["ACG103", "ACG093"],
    ),
    Row(
        "a file that is named alone says what it lacks of its folder",
        {**SHARED, "catalog.yaml": catalog()},
        0,
        ["common.yaml", "defaults and resourceGroups"],
    ),
]

SILENCE = [
    Row("the region of a source outside the catalog is not known", one(catalog()), 0, ["ACG306"]),
    Row("the properties of a source outside the catalog are not known", one(catalog()), 0, ["ACG201"]),
    Row(
        "the generation is chosen by Azure where nobody declares it",
        one(catalog(image={"hyperVGeneration": None})),
        0,
        ["ACG201", "V1 is chosen"],
    ),
    Row(
        "the data disks of a machine outside the catalog are not known",
        one(catalog({"source": {"virtualMachine": MACHINE}, "osDisk": None})),
        0,
        ["ACG501"],
    ),
    Row(
        "the region of a gallery that exists",
        one(
            catalog(
                {"publishedBy": "external"},
                {"existing": True},
                {"existing": True, "location": "westeurop"},
            )
        ),
        1,
        ["ACG401", "westeurop"],
    ),
    Row(
        "the number of a version that somebody else publishes",
        one(catalog({"publishedBy": "external"}, {"existing": True}, {"existing": True}, number="1.0")),
        1,
        ["ACG103"],
    ),
    Row(
        "files of a folder that are not read are named",
        {"catalog/corp.yaml": catalog(), "catalog/notes.txt": "x"},
        0,
        ["catalog/notes.txt"],
        arguments=["catalog"],
    ),
    Row(
        "resources of another provider are not counted as checked",
        {
            "state.json": json.dumps(
                {
                    "version": 3,
                    "deployment": {
                        "resources": [
                            {
                                "urn": "urn:pulumi:dev::web::aws:s3/bucket:Bucket::logs",
                                "type": "aws:s3/bucket:Bucket",
                                "custom": True,
                                "id": "logs",
                                "inputs": {},
                                "outputs": {},
                            }
                        ]
                    },
                }
            )
        },
        0,
        ["0 resources checked"],
        arguments=["--stack-file", "state.json"],
    ),
]

FALSE_REFUSALS = [
    Row(
        "a machine is captured into a definition that supports confidential machines",
        one(
            catalog(
                {"source": {"virtualMachine": MACHINE}, "osDisk": {}},
                {"securityType": "ConfidentialVmSupported"},
            )
        ),
        0,
        ["ACG252"],
        ["error"],
    ),
    Row(
        "features of API 2025-12-03",
        one(catalog(image={"features": {"VirtualizationType": "Direct"}})),
        0,
        silent=["ACG255"],
    ),
]

ODD_INPUT = [
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


@pytest.mark.parametrize(
    "row", [*SETTINGS, *SILENCE, *FALSE_REFUSALS, *ODD_INPUT], ids=lambda row: row.name.replace(" ", "-")
)
def test_acg_check(row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    for name, content in row.files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    monkeypatch.chdir(tmp_path)
    for name, value in row.environment.items():
        monkeypatch.setenv(name, value.replace("FOLDER", str(tmp_path)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(row.stdin.encode())))

    code = run(["check", *row.arguments])

    shown = capsys.readouterr()
    output = shown.out + shown.err
    assert code == row.code, output
    assert [words for words in row.says if words not in output] == [], output
    assert [words for words in row.silent if words in output] == [], output
