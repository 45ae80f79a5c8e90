"""The pack with the real Pulumi CLI: what it refuses never reaches Azure."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.embedded import Embedded
from tests.policies.conftest import POLICIES

pytestmark = pytest.mark.engine

TODAY = str(datetime.now(UTC).date())

SOURCES = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-sources/providers/Microsoft.Compute"

RAW = f"""
from pulumi_azure_native import compute, resources
group = resources.ResourceGroup("group", resource_group_name="rg", location="westeurope")
gallery = compute.Gallery("corp", gallery_name="corp", resource_group_name=group.name, location="West Europe")
definition = compute.GalleryImage(
    "ubuntu", gallery_image_name="ubuntu", gallery_name=gallery.name, resource_group_name=group.name,
    location="westeurope", os_type="Linux", os_state="Generalized", hyper_v_generation="V2",
    identifier={{"publisher": "contoso", "offer": "ubuntu", "sku": "24"}},
)
data = compute.Disk(
    "data", disk_name="data", resource_group_name=group.name, location="westeurope", disk_size_gb=SIZE,
    creation_data={{"create_option": "Empty"}},
)
compute.GalleryImageVersion(
    "first", gallery_image_version_name="NUMBER", gallery_image_name=definition.name, gallery_name=gallery.name,
    resource_group_name=group.name, location="westeurope",
    storage_profile={{
        "os_disk_image": {{"source": {{"id": "{SOURCES}/disks/postgres-os"}}}},
        "data_disk_images": [{{"lun": 0, "source": {{"id": data.id}}}}],
    }},
    publishing_profile={{"target_regions": [{{"name": "westeurope", "regional_replica_count": 1}}]}},
)
"""

CATALOG = f"""
resourceGroups:
  rg: {{location: westeurope}}
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    protect: false
    images:
      postgres:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        protect: false
        identifier: {{publisher: contoso, offer: postgres, sku: '16'}}
        versions:
          1.0.0:
            protect: false
            targetRegions: [westeurope]
            osDisk: {{disk: {SOURCES}/disks/postgres-os, expectedSizeGB: 32}}
            dataDisks:
              - {{lun: 0, disk: {SOURCES}/disks/postgres-data, expectedSizeGB: 512}}
SUPPRESS
"""
LINE = next(number for number, line in enumerate(CATALOG.splitlines(), start=1) if "lun: 0" in line)

COMPONENTS = """
from pulumi_acg import declare
from acg.catalog.reader import read_catalog
declare(read_catalog("catalog.yaml"))
"""


def raw(azure: Embedded, *, number: str = "1.0.0", size: int = 512) -> Path:
    """A program that nobody wrote with this project."""
    return azure.project(RAW.replace("NUMBER", number).replace("SIZE", str(size)))


def components(azure: Embedded, suppress: str = "") -> Path:
    """A program that hands a catalog to the components."""
    project = azure.project(COMPONENTS)
    (project / "catalog.yaml").write_text(CATALOG.replace("SUPPRESS", suppress))
    return project


def guarded(project: Path, config: Mapping[str, object] | None = None) -> list[str]:
    """Command-line options that run the pack, with settings if there are any."""
    if config is None:
        return ["--policy-pack", str(POLICIES)]
    file = project / "pack.json"  # not where the components would look
    file.write_text(json.dumps(config))
    return ["--policy-pack", str(POLICIES), "--policy-pack-config", str(file)]


def violations(output: str) -> dict[str, str]:
    """What the CLI shows of the pack: by policy, the level."""
    return {name: level for level, name in re.findall(r"\[(mandatory|advisory)\]\s+(?:\[.*?\]\s+)?([\w-]+) ", output)}


def sent(azure: Embedded) -> list[str]:
    """Everything that reached Azure since it began."""
    return [f"{entry['method']} {entry['path']}" for entry in azure.requests()]


@pytest.mark.parametrize(
    ("fault", "policy", "says"),
    [
        ({"number": "1.0"}, "version-number", "has 2 parts, needs 3"),
        ({"size": 1_025}, "data-disk-size", "1,025 GB, above 1,024 GB"),
    ],
    ids=["version string", "disk of the same stack"],
)
def test_a_raw_program_is_refused_before_any_call(azure: Embedded, fault, policy, says) -> None:
    project = raw(azure, **fault)
    for command in (["preview"], ["up", "--yes"]):
        output = azure.pulumi(*command, *guarded(project), cwd=project, fails=True)
        assert violations(output)[policy] == "mandatory"
        assert says in output
        assert "unhandled" not in output
    assert sent(azure) == []


def test_a_raw_program_without_faults_deploys(azure: Embedded) -> None:
    project = raw(azure)
    output = azure.pulumi("up", "--yes", *guarded(project), cwd=project)
    assert "mandatory" not in violations(output).values()
    assert [call for call in sent(azure) if call.startswith("PUT") and call.endswith("/versions/1.0.0")]

    exported = project / "state.json"
    azure.pulumi("stack", "export", "--file", str(exported), cwd=project)
    audit = ["policy", "analyze", "--file", str(exported)]
    assert "mandatory" not in violations(azure.pulumi(*audit, *guarded(project), cwd=project)).values()
    strict = guarded(project, {"data-disk-size": {"maximumGB": 511}})
    assert violations(azure.pulumi(*audit, *strict, cwd=project, fails=True))["data-disk-size"] == "mandatory"


def test_without_a_preview_the_refused_resource_is_never_sent_and_earlier_ones_are(azure: Embedded) -> None:
    project = raw(azure, number="1.0")
    output = azure.pulumi("up", "--yes", "--skip-preview", *guarded(project), cwd=project, fails=True)
    assert violations(output)["version-number"] == "mandatory"
    assert not [call for call in sent(azure) if "/versions/" in call]
    assert [call for call in sent(azure) if call.startswith("PUT") and call.endswith("/galleries/corp")]


class TestComponents:
    """A catalog whose sizes the components take and the pack does not."""

    lower = {"data-disk-size": {"maximumGB": 256}}  # noqa: RUF012  # read by all, changed by none

    def test_a_lower_limit_refuses_by_the_line_of_the_catalog(self, azure: Embedded) -> None:
        project = components(azure)
        for command in (["preview"], ["up", "--yes"]):
            output = azure.pulumi(*command, *guarded(project, self.lower), cwd=project, fails=True)
            assert violations(output)["data-disk-size"] == "mandatory"
            assert f"catalog.yaml:{LINE}: ACG501 corp/postgres/1.0.0 has " in output
            assert output.count("512 GB, above 256 GB") == 1
        assert sent(azure) == []

    def test_without_a_preview_the_version_is_never_sent(self, azure: Embedded) -> None:
        project = components(azure)
        skipping = ["up", "--yes", "--skip-preview"]
        azure.pulumi(*skipping, *guarded(project, self.lower), cwd=project, fails=True)
        assert not [call for call in sent(azure) if "/versions/" in call]

    def test_advice_is_shown_and_stops_nothing(self, azure: Embedded) -> None:
        project = components(azure)
        guards = {"allowed-regions": {"enforcementLevel": "advisory", "regions": ["northeurope"]}}
        output = azure.pulumi("preview", *guarded(project, guards), cwd=project)
        assert violations(output)["allowed-regions"] == "advisory"

    def test_a_misspelt_setting_is_refused_by_name(self, azure: Embedded) -> None:
        project = components(azure)
        config = {"data-disk-size": {"maximumGb": 4_096}}
        output = azure.pulumi("up", "--yes", *guarded(project, config), cwd=project, fails=True)
        assert "data-disk-size.maximumGb is not a setting" in output
        assert "Did you mean maximumGB?" in output
        assert sent(azure) == []

    @pytest.mark.parametrize(("until", "level"), [(TODAY, "advisory"), ("2020-01-01", "mandatory")])
    def test_a_suppression_of_the_catalog_holds_and_expires(self, azure: Embedded, until, level) -> None:
        suppress = f"            suppress: [{{rule: ACG501, reason: agreed, until: {until}}}]"
        project = components(azure, suppress)
        output = azure.pulumi("preview", *guarded(project, self.lower), cwd=project, fails=level == "mandatory")
        assert violations(output)["data-disk-size"] == level
