"""Values that a gallery or an image definition gives to what is below."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import pulumi

from pulumi_acg.args.regions import TargetRegion


class Defaults(TypedDict, total=False):
    """Values for what is below and does not say otherwise: lists replace, maps merge, the nearest wins."""

    location: str
    """Region of the resources below that name none."""
    target_regions: Sequence[TargetRegion]
    """Regions to which versions are replicated."""
    replica_count: int
    """Replicas in each region; wins over counts of regions that are inherited."""
    storage_account_type: str
    """Storage account type of versions; wins over those of regions that are inherited."""
    end_of_life_after: str
    """End of life of versions, counted from their publishedOn, as an ISO 8601 duration (P18M, P90D)."""
    tags: Mapping[str, pulumi.Input[str]]
    """Tags of every resource below."""
    protect: bool
    """Whether Pulumi refuses to delete or replace what is below."""
