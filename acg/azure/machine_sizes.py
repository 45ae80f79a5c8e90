"""What the name of a virtual machine's size says.

Source of the naming convention: https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
"""

import re
from typing import Final, NamedTuple

_NAME: Final = re.compile(
    r"(?:standard|basic)_(?P<family>[a-z]+)\d+(?:-\d+)?(?P<features>[a-z]*)"
    r"(?:_(?!v\d+$)[a-z]+\d*[a-z]*)*(?:_v(?P<version>\d+))?",
    re.IGNORECASE,
)

_GENERATION_2_ONLY: Final = 6
"""From this version on, sizes of the families D and E boot images of generation 2 alone, and those from NVMe.

Sources: https://github.com/F5Networks/f5-azure-arm-templates-v2/issues/47 and
https://github.com/Dayzure/entra-gsa-labs/issues/12 ("cannot boot Hypervisor Generation '1'", Standard_D8s_v6 and
Standard_D2ads_v6); https://github.com/kubernetes-sigs/image-builder/pull/1875 and
https://github.com/skypilot-org/skypilot/issues/10375 (disk controllers, Standard_D8s_v6 and Standard_D2ads_v7).
"""

_FAMILIES: Final = ("d", "e")


class MachineSize(NamedTuple):
    """A size, as far as its name says."""

    name: str
    architecture: str
    """Arm64 or x64: ``p`` among the letters after the number of processors stands for an Arm processor."""
    needs_generation_2: bool
    """Whether it is known to boot images of generation 2 alone."""
    needs_nvme: bool
    """Whether it is known to boot from NVMe alone."""


def machine_size(name: str) -> MachineSize | None:
    """Read the name of a size, such as ``Standard_D8ps_v6``; None for one that does not follow the convention."""
    found = _NAME.fullmatch(name.strip())
    if found is None:
        return None
    is_arm = "p" in found["features"].lower()
    is_late = found["family"].lower() in _FAMILIES and int(found["version"] or 1) >= _GENERATION_2_ONLY
    return MachineSize(
        name=name,
        architecture="Arm64" if is_arm else "x64",
        needs_generation_2=is_arm or is_late,
        # Arm sizes of that version are not among those that the sources name.
        needs_nvme=is_late and not is_arm,
    )
