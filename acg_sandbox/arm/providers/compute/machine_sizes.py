"""What sizes of machines boot, as far as refusals of Azure's were seen; Azure tells sizes by a table, this by names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIZE = re.compile(r"(standard|basic)_([a-z]+?)(\d+)(-\d+)?([a-z]*)((?:_[a-z][a-z0-9]*?)*?)(?:_v(\d+))?", re.IGNORECASE)


@dataclass(frozen=True)
class Size:
    """A size of machines.

    Attributes:
        generations: Generations of the images that it boots.
        security: Security types of its machines in lower case, empty for none; None where that is not known.
    """

    name: str
    architecture: str
    generations: frozenset[str]
    security: frozenset[str] | None
    needs_nvme: bool


_BOTH = frozenset({"V1", "V2"})
_ORDINARY = frozenset({"", "standard", "trustedlaunch"})


def size_of(name: str) -> Size | None:
    """The size of a name; None for a name that is not understood, which nothing is refused for."""
    found = _SIZE.fullmatch(name)
    if found is None:
        return None
    family, letters, inner = found[2].lower(), found[5].lower(), found[6].lower()
    version = int(found[7] or 1)
    if "p" in letters:  # microsoft's convention: p is an Arm processor; "only supports a CPU Architecture of 'Arm64'"
        return Size(name, "Arm64", frozenset({"V2"}), None, needs_nvme=False)
    if family in {"dc", "ec"} and version == 5 and re.search("[ae]", letters) and inner != "_cc":
        # skyplane-project/skyplane#755: Standard_DC2as_v5 with '<NULL>' security type
        return Size(name, "x64", frozenset({"V2"}), frozenset({"confidentialvm"}), needs_nvme=False)
    if family == "a" or (family == "d" and not letters and version < 4):
        # microsoft/ga4gh-tes#43: Standard_D1_v2; coreos-assembler#4120: Standard_D2_v3; azure-cli#28005: A4_v2
        return Size(name, "x64", frozenset({"V1"}), frozenset({"", "standard"}), needs_nvme=False)
    if family in {"d", "e"} and version >= 6:
        # Dayzure/entra-gsa-labs#12: Standard_D2ads_v6; kubernetes-sigs/image-builder#1875: Standard_D8s_v6 and NVMe
        return Size(name, "x64", frozenset({"V2"}), _ORDINARY, needs_nvme=True)
    if family == "nc" and inner == "_a100":  # loft-sh/devpod#731: Standard_NC24ads_A100_v4
        return Size(name, "x64", frozenset({"V2"}), None, needs_nvme=False)
    # confidential-containers/cloud-api-adaptor#1742: Standard_D2as_v5 makes no confidential machines
    return Size(
        name, "x64", _BOTH, _ORDINARY if family in {"b", "d", "ds", "e", "f", "l", "m"} else None, needs_nvme=False
    )
