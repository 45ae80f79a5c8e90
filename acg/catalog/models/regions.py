"""Regions to which an image version is replicated, and how its replicas are stored."""

from pydantic import Field

from acg.catalog.models.base import Model, TextOrModel, TupleOf
from acg.catalog.models.deferred import Encryption


class AdditionalReplicaSet(Model):
    """More replicas in a region, stored in another way."""

    regional_replica_count: int | None = Field(default=None, description="Replicas in this set.")
    storage_account_type: str | None = Field(default=None, description="Storage account type of this set.")


class TargetRegion(TextOrModel):
    """A region to which a version is replicated; plain text is the region's name."""

    name: str = Field(description="Name or display name of the region.")
    regional_replica_count: int | None = Field(
        default=None,
        description="Replicas in this region; wins over the replicaCount beside targetRegions.",
    )
    storage_account_type: str | None = Field(
        default=None, description="Standard_LRS, Standard_ZRS, Premium_LRS or PremiumV2_LRS; wins over the version's."
    )
    encryption: Encryption | None = Field(default=None, description="Customer keys for the replicas in this region.")
    exclude_from_latest: bool | None = Field(
        default=None,
        description="Whether latest skips the version in this region; wins over the version's, also when false.",
    )
    additional_replica_sets: TupleOf[AdditionalReplicaSet] | None = Field(
        default=None, description="More replicas in this region, stored in another way."
    )
