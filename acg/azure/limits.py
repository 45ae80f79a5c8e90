"""Numbers that Azure fixes for galleries, each once, with its source.

Sizes are in GB as Azure counts them: 2^30 bytes.
"""

from typing import Final, NamedTuple

_DOCS: Final = "https://learn.microsoft.com/azure/virtual-machines"


class Limit(NamedTuple):
    """Bounds of a number, both included; None where there is none."""

    least: int | None = None
    most: int | None = None
    source: str = ""
    note: str = ""
    """What else the sources say, where they disagree."""

    def admits(self, value: int) -> bool:
        """Whether a value lies within the bounds."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


GALLERIES: Final = Limit(most=100, source=f"{_DOCS}/azure-compute-gallery#limits")
"""Galleries in a subscription and region."""

DEFINITIONS: Final = Limit(most=1_000, source=f"{_DOCS}/azure-compute-gallery#limits")
"""Image definitions in a subscription and region."""

VERSIONS: Final = Limit(most=10_000, source=f"{_DOCS}/azure-compute-gallery#limits")
"""Image versions in a subscription and region."""

REPLICAS: Final = Limit(
    least=1,
    most=100,
    source=f"{_DOCS}/azure-compute-gallery#limits",
    note="The limits speak of 100 replicas per version, the error message of 1 to 100 per region.",
)
"""Replicas of a version in one region."""

REPLICAS_RECOMMENDED: Final = Limit(
    least=3, most=50, source=f"{_DOCS}/azure-compute-gallery#best-practices", note="The least is for production."
)
"""Replicas of a version in one region, as recommended."""

MACHINES_PER_REPLICA: Final = Limit(
    most=20,
    source=f"{_DOCS}/azure-compute-gallery#best-practices",
    note="The section on scaling of the same page says 50.",
)
"""Virtual machines that are created at the same time from one replica."""

SCALE_SET_INSTANCES: Final = Limit(most=1_000, source=f"{_DOCS}/azure-compute-gallery#scaling")
"""Instances of a scale set made from an image in a gallery."""

DISK_GB: Final = Limit(
    most=2_048,
    source=f"{_DOCS}/troubleshooting-shared-images",
    note="The pages on galleries say less than 2 TB; the error message: exceeds the max size 2048 supported.",
)
"""Any disk of a version in Full replication, in GB."""

SHALLOW_DISK_GB: Final = Limit(most=32 * 1_024, source=f"{_DOCS}/shared-image-galleries#shallow-replication")
"""Any disk of a version in Shallow replication, in GB."""

DATA_DISK_GB: Final = Limit(
    most=1_024,
    source=f"{_DOCS}/image-version",
    note="The documented limit; what the service is seen to refuse is above 2,048 GB.",
)
"""A data disk of a version, in GB."""

CONFIDENTIAL_VHD_GB: Final = Limit(
    most=31,
    source="https://learn.microsoft.com/azure/confidential-computing/create-confidential-vm-from-compute-gallery",
    note="Less than 32 GB, as the page stood in 2022.",
)
"""VHD or managed image behind a definition with ConfidentialVMSupported, in GB."""

VHD_FOOTER_BYTES: Final = 512
"""Bytes that follow the disk itself in a fixed VHD. Source: REST reference of disks, ``uploadSizeBytes``."""

GB_BYTES: Final = 1 << 30
"""Bytes of a GB as Azure counts them."""

VHD_ALIGNMENT_BYTES: Final = 1_048_576
"""The virtual size of a VHD is a whole multiple of this.

Source: https://learn.microsoft.com/azure/virtual-machines/linux/create-upload-generic
"""

DIRECT_SHARE_SUBSCRIPTIONS: Final = Limit(most=30, source=f"{_DOCS}/share-gallery-direct#limitations")
"""Subscriptions with which a gallery is shared directly."""

DIRECT_SHARE_TENANTS: Final = Limit(most=5, source=f"{_DOCS}/share-gallery-direct#limitations")
"""Tenants with which a gallery is shared directly."""

LUNS: Final = Limit(least=0, most=63, source="https://learn.microsoft.com/azure/virtual-machines/sizes/overview")
"""Logical unit numbers of data disks: the largest virtual machines take 64."""

TAGS: Final = Limit(most=50, source="https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources")
"""Tags of one resource."""
