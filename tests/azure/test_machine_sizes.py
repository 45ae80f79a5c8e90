"""What the name of a virtual machine's size tells."""

import pytest

from acg.azure.machine_sizes import machine_size


@pytest.mark.parametrize(
    ("name", "architecture", "only_generation", "needs_nvme", "confidential"),
    [
        ("Standard_D2s_v5", "x64", None, False, "never"),
        ("Standard_D8s_v6", "x64", "V2", True, "never"),
        ("standard_d2ads_v7", "x64", "V2", True, "never"),
        ("Standard_E96-24ads_v5", "x64", None, False, "never"),
        ("Standard_D2ps_v5", "Arm64", "V2", False, "never"),
        ("Standard_B2pls_v2", "Arm64", "V2", False, "never"),
        ("Standard_E4pds_v6", "Arm64", "V2", False, "never"),
        ("Standard_NP10s", "x64", None, False, None),
        ("Standard_DC2as_v5", "x64", "V2", False, "always"),
        ("Standard_EC4eds_v5", "x64", "V2", False, "always"),
        ("Standard_DC16ads_cc_v5", "x64", None, False, None),
        ("Standard_DC2es_v6", "x64", None, False, None),
        ("Standard_DC2ds_v3", "x64", None, False, None),
        ("Standard_NCC40ads_H100_v5", "x64", None, False, None),
        ("Standard_NC24ads_A100_v4", "x64", "V2", False, None),
        ("Standard_M416-208s_v2", "x64", None, False, "never"),
        ("Standard_D1_v2", "x64", "V1", False, "never"),
        ("Standard_D2_v3", "x64", "V1", False, "never"),
        ("Standard_D2s_v3", "x64", None, False, "never"),
        ("Standard_DS1_v2", "x64", None, False, "never"),
        ("Standard_D2_v4", "x64", None, False, "never"),
        ("Standard_A4_v2", "x64", "V1", False, "never"),
        ("Basic_A0", "x64", "V1", False, "never"),
    ],
)
def test_a_name_tells_what_a_size_boots(
    name: str, architecture: str, only_generation: str | None, needs_nvme: bool, confidential: str | None
):
    size = machine_size(name)
    assert size == (name, architecture, only_generation, needs_nvme, confidential)


@pytest.mark.parametrize("name", ["", "Large", "Standard_", "Standard_D_v5", "D2s_v5"])
def test_a_name_of_another_kind_tells_nothing(name: str):
    assert machine_size(name) is None
