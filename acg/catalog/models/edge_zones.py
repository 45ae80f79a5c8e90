"""Edge zones to which an image version is replicated."""

from pydantic import Field

from acg.catalog.models.base import Model
from acg.catalog.models.deferred import Encryption


class ExtendedLocation(Model):
    """An edge zone."""

    name: str | None = Field(default=None, description="Name of the edge zone.")
    type: str | None = Field(default=None, description="EdgeZone.")


class TargetExtendedLocation(Model):
    """An edge zone to which a version is replicated."""

    name: str | None = Field(default=None, description="Region that the edge zone belongs to.")
    extended_location: ExtendedLocation | None = Field(default=None, description="The edge zone.")
    extended_location_replica_count: int | None = Field(default=None, description="Replicas in the edge zone.")
    storage_account_type: str | None = Field(
        default=None, description="Standard_LRS, Standard_ZRS, StandardSSD_LRS or Premium_LRS."
    )
    encryption: Encryption | None = Field(default=None, description="Customer keys for the replicas in the edge zone.")
