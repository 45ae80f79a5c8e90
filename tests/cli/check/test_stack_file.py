"""`acg check --stack-file`: a stack that Pulumi exported is checked without its program."""

import json
from pathlib import Path

import pytest

from tests.cli.check.conftest import IMAGE, findings


def stack(*resources: dict[str, object]) -> dict[str, object]:
    return {"version": 3, "deployment": {"resources": list(resources)}}


def deployed(**change: object) -> dict[str, object]:
    urn = "urn:pulumi:dev::images::azure-native:compute:GalleryImageVersion::old"
    inputs = {
        "galleryImageVersionName": "1.0",
        "galleryImageName": "ubuntu",
        "galleryName": "corp",
        "resourceGroupName": "rg",
        "location": "westeurope",
        "storageProfile": {"source": {"id": IMAGE}},
    }
    resource_id = IMAGE.replace("images/u", "galleries/corp/images/ubuntu/versions/1.0")
    versioned = "azure-native:compute/v20240303:GalleryImageVersion"
    return {"urn": urn, "type": versioned, "custom": True, "id": resource_id, "inputs": inputs, **change}


def test_an_exported_stack_is_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    file = tmp_path / "stack.json"
    file.write_text(json.dumps(stack(deployed())))
    code, found = findings(capsys, "--stack-file", file)
    assert code == 1
    [one] = found
    assert one["code"] == "ACG103"
    assert one["resource"] == deployed()["urn"]
    assert str(one["message"]).startswith("old is not a version number")


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        '{"deployment": {"resources": 5}}',
        '{"deployment": {"resources": [null]}}',
        '{"deployment": {"resources": [{"urn": 5}]}}',
        '{"deployment": {"resources": [{"urn": "urn:pulumi:dev::a::b::c", "custom": true}]}}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_exported_stack_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str):
    file = tmp_path / "stack.json"
    file.write_text(content)
    code, found = findings(capsys, "--stack-file", file)
    assert (code, found[0]["code"]) == (2, "ACG001")
