"""What the name of a virtual machine's size tells."""

import pytest

from acg.azure.machine_sizes import machine_size


@pytest.mark.parametrize(
    ("name", "architecture", "needs_generation_2", "needs_nvme"),
    [
        ("Standard_D2s_v5", "x64", False, False),
        ("Standard_D8s_v6", "x64", True, True),
        ("standard_d2ads_v7", "x64", True, True),
        ("Standard_E96-24ads_v5", "x64", False, False),
        ("Standard_D2ps_v5", "Arm64", True, False),
        ("Standard_B2pls_v2", "Arm64", True, False),
        ("Standard_E4pds_v6", "Arm64", True, False),
        ("Standard_NP10s", "x64", False, False),
        ("Standard_DC16ads_cc_v5", "x64", False, False),
        ("Standard_DC2es_v6", "x64", False, False),
        ("Standard_NC24ads_A100_v4", "x64", False, False),
        ("Standard_M416-208s_v2", "x64", False, False),
        ("Basic_A0", "x64", False, False),
    ],
)
def test_a_name_tells_what_a_size_boots(name: str, architecture: str, needs_generation_2: bool, needs_nvme: bool):
    size = machine_size(name)
    assert size is not None
    assert (size.architecture, size.needs_generation_2, size.needs_nvme) == (
        architecture,
        needs_generation_2,
        needs_nvme,
    )


@pytest.mark.parametrize("name", ["", "Large", "Standard_", "Standard_D_v5", "D2s_v5"])
def test_a_name_of_another_kind_tells_nothing(name: str):
    assert machine_size(name) is None
