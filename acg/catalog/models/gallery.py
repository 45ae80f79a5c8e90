"""A gallery: what it is called, who may use it, and the images in it."""

from pydantic import Field, model_validator

from acg.catalog.models.base import Model, TextOrModel, TupleOf, catalog_field, local_field
from acg.catalog.models.common import ResourceOptions, Tags
from acg.catalog.models.defaults import Defaults
from acg.catalog.models.deferred import Identity, SharingProfile
from acg.catalog.models.image import ImageDefinition
from acg.catalog.models.upkeep import Hold
from acg.catalog.placeholder import OutputText


class SoftDeletePolicy(Model):
    """Whether deleted versions can be restored for a while."""

    is_soft_delete_enabled: bool | None = Field(default=None, description="Whether deleted versions can be restored.")


class Reader(TextOrModel):
    """Who may read the gallery and deploy from it; plain text is the principal's id."""

    principal_id: OutputText = Field(description="Object id of a user, group or service principal.")
    principal_type: str | None = Field(
        default=None,
        description="User, Group, ServicePrincipal, ForeignGroup or Device; saves Azure a look-up that can fail.",
    )


class Lock(TextOrModel):
    """A management lock on the gallery; plain text is its level."""

    level: str = Field(description="CanNotDelete or ReadOnly.")
    notes: str | None = Field(default=None, description="Why it is locked.")


class Gallery(ResourceOptions):
    """A gallery; its key in the catalog is its name in Azure, unless it has a name of its own."""

    name: str | None = Field(default=None, description="Name in Azure (default: the key).")
    resource_group: OutputText = Field(description="Name of the resource group.")
    subscription: OutputText | None = Field(default=None, description="Subscription (default: the provider's).")
    location: str | None = Field(default=None, description="Region that the gallery lives in.")
    description: str | None = Field(default=None, description="What the gallery is for.")
    identity: Identity | None = Field(default=None, description="The managed identity of the gallery.")
    sharing_profile: SharingProfile | None = Field(default=None, description="With whom the gallery can be shared.")
    soft_delete_policy: SoftDeletePolicy | None = Field(
        default=None, description="Whether deleted versions can be restored."
    )
    readers: TupleOf[Reader] = Field(default=(), description="Who gets the Reader role on the gallery.")
    lock: Lock | None = Field(default=None, description="A management lock on the gallery.")
    tags: Tags | None = Field(default=None, description="Tags of the gallery.")
    formerly: str | None = catalog_field(
        description="Former key of this gallery in the catalog, or its URN: Pulumi learns the new key, and in Azure "
        "nothing changes, the name included."
    )
    existing: bool = local_field(False, description="The gallery exists: it is referred to, never created or changed.")
    hold: Hold | None = catalog_field(description="Halts acg refresh for the gallery.")
    defaults: Defaults | None = local_field(description="Values for the images and versions below.")
    images: dict[str, ImageDefinition] = local_field(default={}, description="The image definitions, by name.")

    @model_validator(mode="after")
    def _is_managed(self) -> "Gallery":
        unmanaged = [key for key, value in (("readers", self.readers), ("lock", self.lock)) if value]
        if self.existing and unmanaged:
            raise ValueError(f"says existing: true, so nothing about it is managed: remove {' and '.join(unmanaged)}")
        return self
