"""The catalog: everything that a team declares."""

from pydantic import Field

from acg.catalog.models.base import Model, TupleOf, catalog_field, local_field
from acg.catalog.models.common import Tags
from acg.catalog.models.defaults import Defaults
from acg.catalog.models.deferred import AddedRegion, Consumers, LabAccount, LabPlan, RefreshPolicy
from acg.catalog.models.gallery import Gallery
from acg.catalog.models.upkeep import Hold, Limits
from acg.catalog.placeholder import OutputText


class ResourceGroup(Model):
    """A resource group that the catalog creates; its key is its name. A group not listed exists already."""

    name: str | None = Field(default=None, description="Name in Azure (default: the key).")
    location: str = Field(description="Region of the group.")
    subscription: OutputText | None = Field(default=None, description="Subscription (default: the provider's).")
    tags: Tags | None = Field(default=None, description="Tags of the group.")
    protect: bool | None = local_field(description="Whether Pulumi refuses to delete or replace it (default: true).")
    retire: bool = local_field(False, description="Lifts the protection: the first of two steps to delete the group.")
    formerly: str | None = catalog_field(
        description="Former key of this group in the catalog, or its URN: Pulumi learns the new key, and in Azure "
        "nothing changes, the name included."
    )


class Ignore(Model):
    """What others may add to resources without its being drift."""

    tags: TupleOf[str] = catalog_field(
        (), description="Patterns of tags that others set, such as hidden-* of Azure Policy: no drift where undeclared."
    )
    added_regions: bool = catalog_field(
        False, description="Whether others, such as a dev center, may replicate versions to further regions."
    )


class Catalog(Model):
    """Everything that a team declares."""

    resource_groups: dict[str, ResourceGroup] = Field(
        default_factory=dict, description="Resource groups that the catalog creates."
    )
    regions: dict[str, AddedRegion] = local_field(default={}, description="Regions that the project's own table lacks.")
    defaults: Defaults = local_field(
        default=Defaults.model_construct(), description="Values for everything below that does not say otherwise."
    )
    refresh_policies: dict[str, RefreshPolicy] = catalog_field(
        default={}, description="How definitions that name one of them are brought up to date."
    )
    refresh_limits: Limits = catalog_field(
        default=Limits.model_construct(), description="How much one run of acg refresh may do."
    )
    hold: Hold | None = catalog_field(description="Halts acg refresh for all galleries.")
    consumers: Consumers | None = catalog_field(
        description="Where acg observe --consumers looks for who uses the images (default: in their subscriptions)."
    )
    ignore: Ignore = catalog_field(default=Ignore.model_construct(), description="What acg drift does not report.")
    galleries: dict[str, Gallery] = Field(default_factory=dict, description="The galleries, by name.")
    lab_plans: dict[str, LabPlan] = Field(
        default_factory=dict, description="Lab plans of Azure Lab Services, to which galleries are attached, by name."
    )
    lab_accounts: dict[str, LabAccount] = Field(
        default_factory=dict, description="Lab accounts that exist, to which galleries are attached, by name."
    )
