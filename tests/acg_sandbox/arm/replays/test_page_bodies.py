"""Requests as pages of Microsoft print them: trailing commas included."""

from __future__ import annotations

import pytest

from acg_sandbox.arm.state.values import read_json
from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, GROUP, Arm

# "Create an image definition and an image version", REST tab (MicrosoftDocs, image-version.md, 2021-08-31)
DEFINITION = """\
{
    "location": "eastus",
    "properties": {
        "hyperVGeneration": "V1",
        "identifier": {
            "offer": "myOffer",
            "publisher": "myPublisher",
            "sku": "mySKU"
        },
        "osState": "Specialized",
        "osType": "Linux",
    },
}
"""
VERSION = """\
{
    "location": "eastus",
    "properties": {
        "publishingProfile": {
            "endOfLifeDate": "2024-12-02T00:00:00+00:00",
            "replicaCount": 1,
            "storageAccountType": "Standard_ZRS",
            "targetRegions": [
                {
                    "name": "eastus",
                    "regionalReplicaCount": 2,
                    "storageAccountType": "Standard_LRS",
                },
                {
                    "name": "westus2",
                }
            ]
        },
        "storageProfile": {
            "source": {
                "id": "%s"
            }
        }
    }
}
"""
MACHINE = f"{COMPUTE}/virtualMachines/myVM"
DISK = f"{COMPUTE}/disks/myVM-os"
BEFORE_ITS_END = 1_700_000_000.0  # 2023-11-14; the page's end of life is refused once it has passed


def _put(arm: Arm, path: str, text: str) -> int:
    headers = {"Content-Type": "application/json"}
    url = f"{path}?api-version=2019-12-01"
    return arm.client.put(url, content=text, headers=headers).status_code


def test_the_bodies_of_the_page_are_accepted_as_printed(arm: Arm) -> None:
    arm.clock.now = BEFORE_ITS_END
    arm.put(GROUP, {"location": "eastus"})
    arm.put(GALLERY, {"location": "eastus"})
    made = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 30, "osType": "Linux", "hyperVGeneration": "V1"}
    arm.put(DISK, {"location": "eastus", "properties": made})
    disk = {"osType": "Linux", "createOption": "Attach", "managedDisk": {"id": DISK}}
    arm.put(MACHINE, {"location": "eastus", "properties": {"storageProfile": {"osDisk": disk}}})
    assert _put(arm, f"{GALLERY}/images/myImageDefinition", DEFINITION) == 201
    assert _put(arm, f"{GALLERY}/images/myImageDefinition/versions/1.0.0", VERSION % MACHINE) == 201


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('{"a": ",}", \n}', {"a": ",}"}),
        ('{"a": "\\",]",}', {"a": '",]'}),
    ],
)
def test_a_comma_before_a_closing_bracket_is_accepted(text: str, value: object) -> None:
    assert read_json(text.encode()) == value


@pytest.mark.parametrize("text", ['{"a": 1,,}', "[,]", "{,}", '{"a":,}', '{"a": [1,', "[1,] 2"])
def test_other_commas_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"line 1"):
        read_json(text.encode())
