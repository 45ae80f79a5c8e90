"""How long Pulumi waits for a version: the more regions and replicas, the longer.

Azure publishes no figures. Recorded creations took 11 to 13 minutes for one region (recordings of azure-mgmt-compute
29.1.0), and Packer gives a version 60 minutes (`shared_gallery_image_version` of packer-plugin-azure). Regions are
copied one after the other in the worst case, and replicas within a region are snapshots of what has arrived. A wait
that is too long costs nothing; one that is too short leaves a version that Pulumi takes for failed.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from acg.desired.resource import Timeouts

BASE: Final = 60
"""Minutes for a version in one region, and for deleting one."""
PER_REGION: Final = 15
"""Further minutes for each region or edge zone after the first."""
PER_REPLICA: Final = 1
"""Further minutes for each replica after the first of its region."""


def version_waits(publishing: Mapping[str, Any]) -> Timeouts:
    """The waits for a version with this publishing profile."""
    regions: Sequence[Mapping[str, Any]] = publishing.get("targetRegions") or ()
    edges: Sequence[Mapping[str, Any]] = publishing.get("targetExtendedLocations") or ()
    common = publishing.get("replicaCount", 1)
    further = 0
    for region in regions:
        further += region.get("regionalReplicaCount", common) - 1
        for extra in region.get("additionalReplicaSets") or ():
            further += extra.get("regionalReplicaCount", 1)
    for edge in edges:
        further += edge.get("extendedLocationReplicaCount", 1) - 1
    minutes = BASE + PER_REGION * max(len(regions) + len(edges) - 1, 0) + PER_REPLICA * max(further, 0)
    return _waits(minutes)


@cache
def _waits(minutes: int) -> Timeouts:
    return Timeouts(create=f"{minutes}m", update=f"{minutes}m", delete=f"{BASE}m")
