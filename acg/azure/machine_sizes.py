"""What the name of a virtual machine's size says.

Source of the naming convention: https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
"""

import re
from typing import Final, Literal, NamedTuple

_NAME: Final = (  # compiled when a size is read: that takes half a millisecond, and catalogs have none
    r"(?i)(?:standard|basic)_(?P<family>[a-z]+)\d+(?:-\d+)?(?P<features>[a-z]*)"
    r"(?P<more>(?:_(?!v\d+$)[a-z]+\d*[a-z]*)*)(?:_v(?P<version>\d+))?"
)

_GENERATION_2_ONLY: Final = 6
"""From this version on, sizes of the families D and E boot images of generation 2 alone, and those from NVMe.

Sources: https://github.com/F5Networks/f5-azure-arm-templates-v2/issues/47 and
https://github.com/Dayzure/entra-gsa-labs/issues/12 ("cannot boot Hypervisor Generation '1'", Standard_D8s_v6 and
Standard_D2ads_v6); https://github.com/kubernetes-sigs/image-builder/pull/1875 and
https://github.com/skypilot-org/skypilot/issues/10375 (disk controllers, Standard_D8s_v6 and Standard_D2ads_v7).
"""

_FAMILIES: Final = ("d", "e")

_CONFIDENTIAL_FAMILIES: Final = ("dc", "ec")
_CONFIDENTIAL: Final = 5
"""Of this version, sizes of these families with SEV-SNP or TDX make confidential machines alone.

Sources: https://learn.microsoft.com/azure/virtual-machines/dcasv5-dcadsv5-series and
https://github.com/skyplane-project/skyplane/issues/755 (Standard_DC2as_v5 refused without a security type).
"""

_ORDINARY_FAMILIES: Final = ("a", "b", "d", "ds", "e", "f", "m", "l")
"""Families without confidential sizes. Source: https://github.com/confidential-containers/cloud-api-adaptor/issues/1742"""


class MachineSize(NamedTuple):
    """A size, as far as its name says."""

    name: str
    architecture: str
    """Arm64 or x64: ``p`` among the letters after the number of processors stands for an Arm processor."""
    only_generation: Literal["V1", "V2"] | None
    """The generation of the images that it boots; None where it boots both, and where that is not known."""
    needs_nvme: bool
    """Whether it is known to boot from NVMe alone."""
    confidential: Literal["always", "never"] | None
    """Whether its machines are confidential ones; None where that is not known."""


def machine_size(name: str) -> MachineSize | None:
    """Read the name of a size, such as ``Standard_D8ps_v6``; None for one that does not follow the convention."""
    found = re.fullmatch(_NAME, name.strip())
    if found is None:
        return None
    family, features, version = found["family"].lower(), found["features"].lower(), int(found["version"] or 1)
    is_arm = "p" in features
    is_late = family in _FAMILIES and version >= _GENERATION_2_ONLY
    confidential = _confidential(family, features, version, found["more"].lower())
    only: Literal["V1", "V2"] | None = None
    if is_arm or is_late or confidential == "always" or _is_accelerated(family, found["more"]):
        only = "V2"
    elif _is_early(family, features, version):
        only = "V1"
    return MachineSize(
        name=name,
        architecture="Arm64" if is_arm else "x64",
        only_generation=only,
        # Arm sizes of that version are not among those that the sources name.
        needs_nvme=is_late and not is_arm,
        confidential=confidential,
    )


def _is_early(family: str, features: str, version: int) -> bool:
    """Whether a size is of a series that boots images of generation 1 alone: A, Dv2, Dv3 and their forerunners.

    Sources: https://learn.microsoft.com/azure/virtual-machines/trusted-launch#virtual-machines-sizes ("Not supported
    size families don't support Generation 2 VMs"), https://github.com/microsoft/ga4gh-tes/issues/43 (Standard_D1_v2,
    "cannot boot Hypervisor Generation '2'") and https://github.com/coreos/coreos-assembler/pull/4120 (Standard_D2_v3).
    """
    return family == "a" or (family == "d" and version <= 3 and not features)


def _is_accelerated(family: str, more: str) -> bool:
    """Whether a size has A100 processors. Source: https://github.com/loft-sh/devpod/issues/731 (NC24ads_A100_v4)."""
    return family == "nc" and "a100" in more.lower()


def _confidential(family: str, features: str, version: int, more: str) -> Literal["always", "never"] | None:
    if family in _CONFIDENTIAL_FAMILIES and version == _CONFIDENTIAL and set(features) & {"a", "e"}:
        # Sizes with cc in their names are ordinary machines that confidential ones are nested in.
        return None if "_cc" in more else "always"
    return "never" if family in _ORDINARY_FAMILIES else None
