"""Programs in Pulumi YAML, run by its own language host: raw ones, and ones that use the components as a package."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from tests.embedded import Embedded
from tests.policies.test_real_engine import guarded, sent, violations
from tests.program.stack import FIRST, ROOT, SOURCES, counts

pytestmark = pytest.mark.engine

HERE = Path(__file__).parent
GALLERY = f"/subscriptions/{FIRST}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"

RAW_FAULTS = {
    "version-number": (
        "VersionName: 1.0.0\n      galleryImageName: ${ubuntu",
        "VersionName: v1.0\n      galleryImageName: ${ubuntu",
    ),
    "data-disk-size": ("diskSizeGB: 512", "diskSizeGB: 1500"),
    "gallery-name": ("galleryName: corp,", "galleryName: corp-images,"),
    "region-known": ("targetRegions: [{name: westeurope, ", "targetRegions: [{name: westeurop, "),
    "machine-architecture": ("vmSize: Standard_D2s_v5", "vmSize: Standard_D2ps_v5"),
    "automatic-upgrade-image": (
        'virtualMachineProfile:\n        storageProfile: {imageReference: {id: "${ubuntu.id}"}}',
        'virtualMachineProfile:\n        storageProfile: {imageReference: {id: "${first.id}"}}',
    ),
    "lab-service-principal": ("7d3f9b52-4c1e-4a86-b0f7-2e9c5d8a1f40", "c7bb12bf-0b39-4f7f-9171-f418ff39b76a"),
    "lab-image-reference": ("${statistics.id}", "${taught.id}"),
}
"""By policy that refuses it: what is right in the raw program, and what is wrong."""


def changed(text: str, changes: Iterable[tuple[str, str]]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def project(azure: Embedded, name: str, changes: Iterable[tuple[str, str]] = ()) -> Path:
    """A project whose program, and nothing else, is a file of this folder."""
    folder = azure.folder / name
    folder.mkdir(exist_ok=True)
    text = changed((HERE / f"{name}.yaml").read_text(), changes)
    text = text.replace("COMPONENTS", str(ROOT / "components")).replace("SOURCES", SOURCES)
    (folder / "Pulumi.yaml").write_text(text)
    return folder


def test_a_raw_program_is_refused_in_its_preview_and_deploys_without_its_faults(azure: Embedded) -> None:
    folder = project(azure, "raw", RAW_FAULTS.values())
    output = azure.pulumi("preview", *guarded(folder), cwd=folder, fails=True)
    refused = {policy for policy, level in violations(output).items() if level == "mandatory"}
    assert set(RAW_FAULTS) <= refused, output
    assert sent(azure) == []

    folder = project(azure, "raw")
    output = azure.pulumi("up", "--yes", "--skip-preview", *guarded(folder), cwd=folder)
    assert "mandatory" not in violations(output).values()
    assert "warning:" not in output
    assert counts(output) == {"created": 14}
    assert azure.arm("GET", f"{GALLERY}/images/ubuntu/versions/1.0.0").json()["properties"]["provisioningState"]
    assert counts(azure.pulumi("up", "--yes", "--skip-preview", cwd=folder)) == {"unchanged": 14}


WRONG = {
    ("          osState: Generalized", "          osState: Generalised"): (
        """images["ubuntu-2404"].osState: ACG210 known-values: has osState 'Generalised'. Use Generalized or"""
    ),
    ("            1.0.0:", "            v1.0:"): (
        'images["ubuntu-2404"].versions["v1.0"]: ACG103 version-number: is not a version number: has 2 parts, needs 3'
    ),
    ("expectedSizeGB: 30", "expectedSizeGB: 5000"): "ACG502 disk-size: has an operating system disk of 5,000 GB, above",
    ("{name: northeurope}", "{name: northeurop}"): "Did you mean northeurope?",
}
"""What a component finds in its args, by what is right and wrong."""

SECRET = ("              osDisk:", "              tags: {owner: {fn::secret: hush}}\n              osDisk:")
DOCUMENTATION = ROOT / "docs" / "other-languages.md"


def documented(azure: Embedded, changes: Iterable[tuple[str, str]] = ()) -> Path:
    """The project that the documentation shows."""
    (text,) = re.findall(r'^```yaml title="Pulumi.yaml"\n(.*?)^```$', DOCUMENTATION.read_text(), re.M | re.S)
    folder = azure.folder / "documented"
    folder.mkdir()
    assert "../pulumi-acg" in text
    text = changed(text, changes).replace("../pulumi-acg", str(ROOT)).replace("rg-images", "rg-sources")
    (folder / "Pulumi.yaml").write_text(text)
    return folder


def test_the_documented_program_is_previewed_and_has_the_documented_line(azure: Embedded) -> None:
    folder = documented(azure)
    assert counts(azure.pulumi("preview", cwd=folder)) == {"create": 5}
    text = (folder / "Pulumi.yaml").read_text()
    line = f"packages:\n  acg: {ROOT}/components\n"
    (folder / "Pulumi.yaml").write_text(changed(text, [(line, "")]))
    azure.pulumi("package", "add", str(ROOT / "components"), cwd=folder)
    assert yaml.safe_load((folder / "Pulumi.yaml").read_text()) == yaml.safe_load(text)


def test_a_component_is_refused_with_every_problem_and_no_secret(azure: Embedded) -> None:
    folder = documented(azure, [*WRONG, SECRET])
    output = azure.pulumi("preview", cwd=folder, fails=True)
    for problem in WRONG.values():
        assert problem in output
    assert "hush" not in output
    assert "Traceback" not in output
    assert "Unexpected" not in output
    assert sent(azure) == []


def test_a_program_of_components_deploys_with_every_output(azure: Embedded) -> None:
    folder = project(azure, "components")
    output = azure.pulumi("up", "--yes", "--skip-preview", *guarded(folder), cwd=folder)
    assert "mandatory" not in violations(output).values()
    assert "warning:" not in output
    assert json.loads(azure.pulumi("stack", "output", "--json", cwd=folder)) == {
        "galleryId": GALLERY,
        "versionIds": {"ubuntu-2404/1.0.0": f"{GALLERY}/images/ubuntu-2404/versions/1.0.0"},
        "latest": {"ubuntu-2404": {"westeurope": "1.0.0", "northeurope": "1.0.0"}},
        "definition": f"{GALLERY}/images/debian",
        "purchasePlan": {"name": "pro-24", "product": "ubuntu-pro", "publisher": "canonical"},
        "version": f"{GALLERY}/images/debian/versions/1.0.0",
        "plan": f"/subscriptions/{FIRST}/resourceGroups/rg/providers/Microsoft.LabServices/labPlans/lp",
    }
    assert "hush" not in azure.pulumi("stack", "export", cwd=folder)
    assert azure.arm("GET", GALLERY).json()["tags"] == {"costCenter": "hush"}
    assert counts(azure.pulumi("up", "--yes", "--skip-preview", cwd=folder)) == {"unchanged": 16}
