"""What a GET shows can be sent back: clients such as az read, change and write the whole body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from acg_sandbox.arm.providers.gallery.limits import API_VERSIONS
from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, GROUP, IMAGE, Arm, definition, version

# The version's number by its kind of source
SOURCES: dict[str, dict[str, Any]] = {
    "1.0.0": {"source": {"id": f"{COMPUTE}/images/golden"}},
    "1.0.1": {"source": {"id": f"{IMAGE}/versions/1.0.0"}},
    "1.0.2": {"source": {"virtualMachineId": f"{COMPUTE}/virtualMachines/vm"}},
    "1.0.3": {
        "osDiskImage": {"source": {"id": f"{COMPUTE}/snapshots/os"}},
        "dataDiskImages": [{"lun": 0, "hostCaching": "None", "source": {"id": f"{COMPUTE}/disks/data"}}],
    },
}
# The first two api-versions have no other sources than whole resources
_WHOLE = ("1.0.0", "1.0.1")
_CASES = [
    *[(api, path) for api in API_VERSIONS for path in (GALLERY, IMAGE)],
    *[(api, f"{IMAGE}/versions/{n}") for api in API_VERSIONS[2:] for n in SOURCES],
    *[(api, f"{IMAGE}/versions/{n}") for api in API_VERSIONS[:2] for n in _WHOLE],
]


@pytest.fixture(scope="module")
def full() -> Iterator[Arm]:
    """A gallery, a definition and a version from each kind of source."""
    arm = Arm(None)
    arm.gallery(description="of the team", softDeletePolicy={"isSoftDeleteEnabled": True})
    arm.definition(description="with all", disallowed={}, recommended={"vCPUs": {"min": 1, "max": 2}})
    arm.golden()
    for kind, name, size in (("disks", "os", 30), ("disks", "data", 10)):
        made = {"creationData": {"createOption": "Empty"}, "diskSizeGB": size}
        system = {"osType": "Linux", "hyperVGeneration": "V2"} if name == "os" else {}
        arm.put(f"{COMPUTE}/{kind}/{name}", {"location": "westeurope", "properties": made | system})
    copy = {"creationData": {"createOption": "Copy", "sourceResourceId": f"{COMPUTE}/disks/os"}}
    arm.put(f"{COMPUTE}/snapshots/os", {"location": "westeurope", "properties": copy})
    disk = {"osType": "Linux", "createOption": "Attach", "managedDisk": {"id": f"{COMPUTE}/disks/os"}}
    machine = f"{COMPUTE}/virtualMachines/vm"
    arm.put(machine, {"location": "westeurope", "properties": {"storageProfile": {"osDisk": disk}}})
    assert arm.ask("POST", f"{machine}/generalize").status_code == 200
    for number, profile in SOURCES.items():
        arm.put(f"{IMAGE}/versions/{number}", version(profile))
    yield arm
    arm.azure.state.store.close()


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(("api", "path"), _CASES, ids=[f"{api}-{path.rsplit('/', 1)[1]}" for api, path in _CASES])
def test_what_is_shown_can_be_sent_back_and_changes_nothing(full: Arm, api: str, path: str, method: str) -> None:
    shown = full.get(path, api=api)
    answer = full.ask(method, path, shown, api=api)
    assert answer.status_code == 200, answer.text
    assert full.get(path, api=api) == shown


def test_the_group_too(full: Arm) -> None:
    shown = full.get(GROUP)
    assert full.put(GROUP, shown).json() == shown


def test_definitions_without_a_type_of_security_stay_so(full: Arm) -> None:
    """The default of newer api-versions is for new definitions alone."""
    full.put(IMAGE, definition(description="with all"), api=API_VERSIONS[-1])
    assert "features" not in full.get(IMAGE, api=API_VERSIONS[-1])["properties"]
