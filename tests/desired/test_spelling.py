"""Words and lists are sent as Azure keeps them, so that another spelling is no change to Pulumi either."""

from typing import Any

import pytest

from tests.desired.documents import one_image, one_version


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({"diskControllerTypes": ["NVMe", "SCSI"]}, ("DiskControllerTypes", "SCSI, NVMe")),
        ({"diskControllerTypes": ["nvme"]}, ("DiskControllerTypes", "nvme")),
        ({"features": {"diskControllerTypes": "NVMe,SCSI"}}, ("DiskControllerTypes", "SCSI, NVMe")),
        ({"features": {"DiskControllerTypes": "SCSI,NVMe"}}, ("DiskControllerTypes", "SCSI,NVMe")),
        ({"features": {"DiskControllerTypes": "SCSI,IDE"}}, ("DiskControllerTypes", "SCSI,IDE")),
        ({"features": {"Mine": "b,a"}}, ("Mine", "b,a")),
    ],
)
def test_a_list_among_the_features_is_in_the_order_that_azure_keeps(fields: Any, sent: tuple[str, str]) -> None:
    (feature,) = one_image(**fields).inputs["features"]
    assert (feature["name"], feature["value"]) == sent


def test_words_are_told_in_azure_s_spelling() -> None:
    inputs = one_image(osType="linux", osState="GENERALIZED", hyperVGeneration="v2", architecture="ARM64").inputs
    assert [inputs[key] for key in ("osType", "osState", "hyperVGeneration", "architecture")] == [
        *("Linux", "Generalized", "V2", "Arm64")
    ]
    told = one_version({"storageAccountType": "standard_zrs", "replicationMode": "shallow"}).inputs
    assert told["publishingProfile"] == {"storageAccountType": "Standard_ZRS", "replicationMode": "Shallow"}
