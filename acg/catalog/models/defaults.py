"""Values that a catalog, a gallery or an image definition gives to what is below."""

from pydantic import Field

from acg.catalog.models.base import Model, TupleOf, local_field
from acg.catalog.models.common import Duration, Tags
from acg.catalog.models.regions import TargetRegion


class Defaults(Model):
    """Values for what is below and does not say otherwise: lists replace, maps merge, the nearest wins.

    They reach published versions too: a version that must not follow later edits spells its values out.
    """

    location: str | None = Field(default=None, description="Region of the resources below that name none.")
    target_regions: TupleOf[TargetRegion] | None = Field(
        default=None, description="Regions to which versions are replicated."
    )
    replica_count: int | None = Field(
        default=None, description="Replicas in each region; wins over counts of regions that are inherited."
    )
    storage_account_type: str | None = Field(
        default=None, description="Storage account type of versions; wins over those of regions that are inherited."
    )
    end_of_life_after: Duration | None = local_field(
        description="End of life of versions, counted from their publishedOn, as an ISO 8601 duration (P18M, P90D)."
    )
    tags: Tags | None = Field(default=None, description="Tags of every resource below.")
    protect: bool | None = local_field(description="Whether Pulumi refuses to delete or replace what is below.")
