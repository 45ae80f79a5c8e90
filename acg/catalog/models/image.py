"""An image definition: what all versions of an image have in common."""

from pydantic import Field, model_validator

from acg.catalog.models.base import Model, TextOrModel, TupleOf, catalog_field, local_field
from acg.catalog.models.common import ResourceOptions, Tags
from acg.catalog.models.defaults import Defaults
from acg.catalog.models.upkeep import Deprecation, Highest, Hold, OneOrSeveral
from acg.catalog.models.version import ImageVersion


class Identifier(Model):
    """The name under which images are offered; unique in its gallery."""

    publisher: str = Field(description="At most 128 characters.")
    offer: str = Field(description="At most 64 characters.")
    sku: str = Field(description="At most 64 characters.")


class PurchasePlan(Model):
    """The Marketplace plan that a virtual machine made from the image must repeat."""

    name: str | None = Field(default=None, description="Name of the plan.")
    publisher: str | None = Field(default=None, description="Publisher of the plan.")
    product: str | None = Field(default=None, description="Product (offer) of the plan.")


class Feature(TextOrModel):
    """The value of a feature; plain text is the value itself."""

    value: str = Field(description="Value of the feature, such as True.")
    starts_at_version: str | None = Field(default=None, description="First version that has the feature.")


class Range(Model):
    """A recommended range, both ends included."""

    min: int | None = Field(default=None, description="Smallest.")
    max: int | None = Field(default=None, description="Largest.")


class Recommended(Model):
    """Sizes of virtual machines that suit the image."""

    v_cpus: Range | None = Field(default=None, alias="vCPUs", description="Number of vCPUs.")
    memory: Range | None = Field(default=None, description="Memory in GB.")


class ImageDefinition(ResourceOptions):
    """An image definition; its key in the catalog is its name in Azure."""

    location: str | None = Field(default=None, description="Region that the definition lives in.")
    description: str | None = Field(default=None, description="What the image is.")
    os_type: str | None = Field(default=None, description="Linux or Windows.")
    os_state: str | None = Field(
        default=None,
        description="Generalized: a new machine gets its own name and user. Specialized: it is a copy, users included.",
    )
    hyper_v_generation: str | None = Field(
        default=None, description="V1 or V2 (default: V2 for Arm64 and where a securityType needs it, otherwise V1)."
    )
    architecture: str | None = Field(default=None, description="x64 (default) or Arm64.")
    identifier: Identifier | None = Field(default=None, description="Publisher, offer and SKU.")
    plan: PurchasePlan | None = Field(
        default=None, description="Marketplace plan of the image that this one descends from."
    )
    security_type: str | None = Field(
        default=None,
        description="Standard (default), TrustedLaunch, TrustedLaunchSupported, ConfidentialVM, "
        "ConfidentialVMSupported or TrustedLaunchAndConfidentialVmSupported.",
    )
    hibernation: bool | None = Field(default=None, description="Feature IsHibernateSupported.")
    accelerated_networking: bool | None = Field(default=None, description="Feature IsAcceleratedNetworkSupported.")
    disk_controller_types: TupleOf[str] | None = Field(
        default=None, description="Feature DiskControllerTypes: SCSI, NVMe."
    )
    features: dict[str, Feature] | None = Field(default=None, description="Any further feature, by name.")
    starts_at_version: str | None = Field(
        default=None, description="First version that has the features which do not say so themselves."
    )
    allow_update_image: bool | None = Field(default=None, description="Lets features of an existing definition change.")
    recommended: Recommended | None = Field(default=None, description="Sizes of virtual machines that suit the image.")
    disallowed_disk_types: TupleOf[str] | None = Field(
        default=None, description="Disk types on which the image must not run."
    )
    eula: str | None = Field(default=None, description="Licence agreement.")
    privacy_statement_uri: str | None = Field(default=None, description="Address of the privacy statement.")
    release_note_uri: str | None = Field(default=None, description="Address of the release notes.")
    end_of_life_date: str | None = Field(
        default=None, description="Day or moment of the end of life, such as 2027-06-30."
    )
    tags: Tags | None = Field(default=None, description="Tags of the definition.")
    formerly: str | None = catalog_field(
        description="URN by which Pulumi knew this definition in another program: it learns the new one, and in Azure "
        "nothing changes."
    )
    existing: bool = local_field(
        False, description="The definition exists: it is referred to, never created or changed."
    )
    refresh: OneOrSeveral | None = catalog_field(
        description="How the definition is brought up to date; a list for several lines of versions."
    )
    highest: Highest | None = catalog_field(
        description="Highest number that a version ever had, so that none is used twice; by line, if there are several."
    )
    hold: Hold | None = catalog_field(description="Halts acg refresh for the definition.")
    deprecated: Deprecation | None = catalog_field(description="The definition gets no new versions any more.")
    defaults: Defaults | None = local_field(description="Values for the versions below.")
    versions: dict[str, ImageVersion] = local_field(default={}, description="The versions, by number.")

    @model_validator(mode="after")
    def _is_complete(self) -> "ImageDefinition":
        needed = {"osType": self.os_type, "osState": self.os_state, "identifier": self.identifier}
        missing = [key for key, value in needed.items() if value is None]
        if missing and not self.existing:
            raise ValueError(f"needs {' and '.join(missing)}, unless it says existing: true")
        return self
