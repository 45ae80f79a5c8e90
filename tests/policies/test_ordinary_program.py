"""The ordinary program, one operating system disk and one data disk in one stack: too large a disk is never sent."""

from pathlib import Path

import pytest

from tests.embedded import Embedded
from tests.policies.test_real_engine import guarded, sent, violations

pytestmark = pytest.mark.engine

PROGRAM = """
from pulumi_azure_native import compute, resources
group = resources.ResourceGroup("group", resource_group_name="rg", location="westeurope")
place = {"resource_group_name": group.name, "location": "westeurope"}
empty = {"create_option": "Empty"}
system = compute.Disk("os", disk_name="os", disk_size_gb=30, creation_data=empty, **SYSTEM, **place)
data = compute.Disk("data", disk_name="data", disk_size_gb=SIZE, creation_data=empty, **place)
gallery = compute.Gallery("corp", gallery_name="corp", **place)
image = compute.GalleryImage(
    "ubuntu", gallery_image_name="ubuntu", gallery_name=gallery.name, os_type="Linux", os_state="Specialized",
    hyper_v_generation="V2", identifier={"publisher": "contoso", "offer": "ubuntu", "sku": "24"}, **place,
)
compute.GalleryImageVersion(
    "v", gallery_image_version_name="1.0.0", gallery_image_name=image.name, gallery_name=gallery.name,
    storage_profile={
        "os_disk_image": {"source": {"id": system.id}},
        "data_disk_images": [{"lun": 0, "source": {"id": data.id}}],
    },
    publishing_profile={"target_regions": [{"name": "westeurope"}]},
    **place,
)
"""
LINUX = '{"os_type": "Linux", "hyper_v_generation": "V2"}'


def program(azure: Embedded, size: int, system: str = LINUX) -> Path:
    return azure.project(PROGRAM.replace("SIZE", str(size)).replace("SYSTEM", system))


@pytest.mark.parametrize(
    ("size", "system", "policy"),
    [(1_500, LINUX, "data-disk-size"), (3_000, LINUX, "disk-size"), (3_000, "{}", "disk-size")],
)
def test_the_preview_refuses_it(azure: Embedded, size: int, system: str, policy: str) -> None:
    project = program(azure, size, system)
    output = azure.pulumi("preview", *guarded(project), cwd=project, fails=True)
    assert violations(output)[policy] == "mandatory"
    assert f"{size:,} GB" in output
    assert sent(azure) == []


def test_what_the_preview_cannot_decide_is_refused_before_the_version_is_sent(azure: Embedded) -> None:
    project = program(azure, 1_500, "{}")
    output = azure.pulumi("preview", *guarded(project), cwd=project)
    assert violations(output)["data-disk-size"] == "advisory"
    output = azure.pulumi("up", "--yes", *guarded(project), cwd=project, fails=True)
    assert "a data disk at LUN 0 of 1,500 GB, above 1,024 GB" in output
    assert [call for call in sent(azure) if call.startswith("PUT") and call.endswith("/disks/data")]
    assert not [call for call in sent(azure) if "/versions/" in call]
