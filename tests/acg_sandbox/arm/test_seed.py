"""A fresh state starts with what the seed lists; a used one is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acg_sandbox.arm import SeedError, Settings
from acg_sandbox.arm.state.settings import DEFAULT_SEED
from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, IMAGE, VERSION, Arm, version
from tests.acg_sandbox.arm.refusals.sources import BLOB, from_disks

ACCOUNT = f"{COMPUTE.replace('Microsoft.Compute', 'Microsoft.Storage')}/storageAccounts/vhds"
MACHINE = f"{COMPUTE}/virtualMachines/vm"
SEED = f"""
- id: {ACCOUNT}
  location: westeurope
  blobs: [{{uri: "{BLOB}", sizeInBytes: 42949672960}}]
- id: {MACHINE}
  location: westeurope
  properties:
    osState: Generalized
    powerState: deallocated
    hyperVGeneration: V2
    storageProfile: {{osDisk: {{osType: Linux, diskSizeGB: 50}}}}
  comment: for readers
"""


@pytest.fixture
def seeded(make_arm: Callable[..., Arm], tmp_path: Path) -> Arm:
    file = tmp_path / "seed.yaml"
    file.write_text(SEED)
    arm = make_arm(tmp_path / "state", seed=file)
    arm.gallery()
    arm.definition()
    return arm


def test_a_listed_blob_is_a_source_of_its_size(seeded: Arm) -> None:
    seeded.put(VERSION, version(from_disks({"uri": BLOB, "storageAccountId": ACCOUNT})))
    assert seeded.get(VERSION)["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 40


def test_a_listed_machine_is_a_source_and_shows_only_what_arm_shows(seeded: Arm) -> None:
    seeded.put(VERSION, version(MACHINE))
    body = seeded.get(MACHINE)["properties"]
    assert set(body) == {"storageProfile", "provisioningState"}
    assert "comment" not in seeded.get(MACHINE)
    view = seeded.get(f"{MACHINE}/instanceView")
    assert [status["code"] for status in view["statuses"]] == [
        "OSState/generalized",
        "ProvisioningState/succeeded",
        "PowerState/deallocated",
    ]


def test_a_state_is_seeded_once(make_arm: Callable[..., Arm], tmp_path: Path) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text(SEED)
    make_arm(tmp_path / "state", seed=file).ask("DELETE", MACHINE)
    assert make_arm(tmp_path / "state", seed=file).ask("GET", MACHINE).status_code == 404


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [", "cannot be read as YAML"),
        ("a: b", "must be a list of resources"),
        ("- location: westeurope", "must be a list of resources"),
        (f"- id: {COMPUTE}/sinks/one", "are not emulated"),
    ],
)
def test_an_unusable_list_says_why(make_arm: Callable[..., Arm], tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text(text)
    with pytest.raises(SeedError, match=why):
        make_arm(seed=file)


def test_the_default_seed_can_be_planted(make_arm: Callable[..., Arm]) -> None:
    arm = make_arm(seed=Settings().seed)
    assert DEFAULT_SEED.exists()
    count = arm.azure.state.store.db.execute("SELECT COUNT(*) FROM resources").fetchone()[0]
    assert count > 10


def test_seeded_galleries_work_like_others(make_arm: Callable[..., Arm], tmp_path: Path) -> None:
    arm = make_arm(tmp_path)
    arm.published()
    entries = [arm.get(path) for path in (GALLERY, IMAGE, VERSION)]
    file = tmp_path / "seed.json"
    import json

    file.write_text(json.dumps(entries))
    again = make_arm(seed=file)
    assert [again.get(path) for path in (GALLERY, IMAGE, VERSION)] == entries
    again.put(VERSION, again.get(VERSION))
    assert again.get(VERSION)["properties"]["storageProfile"] == entries[2]["properties"]["storageProfile"]
