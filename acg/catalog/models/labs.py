"""Lab plans and lab accounts of Azure Lab Services: which gallery they take images from, and who may read it."""

from pydantic import Field

from acg.catalog.models.base import Model, TextOrModel, TupleOf, catalog_field, local_field
from acg.catalog.models.common import ResourceOptions, Suppression, Tags
from acg.catalog.placeholder import OutputText


class ServicePrincipal(TextOrModel):
    """Azure Lab Services in the tenant, and its role on the gallery; plain text is the object id."""

    object_id: OutputText = Field(
        description="Object id of the enterprise application Azure Lab Services, which differs in every tenant."
    )
    role: str | None = Field(
        default=None, description="Owner (default for lab plans) or Contributor (default for lab accounts)."
    )


class PlanIdentity(Model):
    """The managed identity of a lab plan."""

    type: str | None = Field(default=None, description="SystemAssigned; there is no other kind.")


class AutoShutdownProfile(Model):
    """When the machines of new labs are shut down, unless the lab says otherwise."""

    shutdown_on_disconnect: str | None = Field(
        default=None, description="Enabled or Disabled: shut down after the user has disconnected."
    )
    disconnect_delay: str | None = Field(
        default=None, description="How long a user may be disconnected, as an ISO 8601 duration such as PT15M."
    )
    shutdown_on_idle: str | None = Field(
        default=None, description="None, UserAbsence or LowUsage: what counts as an idle machine."
    )
    idle_delay: str | None = Field(
        default=None, description="How long a machine may be idle, as an ISO 8601 duration such as PT15M."
    )
    shutdown_when_not_connected: str | None = Field(
        default=None, description="Enabled or Disabled: shut down a started machine that nobody connects to."
    )
    no_connect_delay: str | None = Field(
        default=None, description="How long a started machine waits for a connection, such as PT15M."
    )


class ConnectionProfile(Model):
    """How users connect to the machines of new labs, unless the lab says otherwise."""

    web_ssh_access: str | None = Field(default=None, description="Public, Private or None: SSH in the browser.")
    web_rdp_access: str | None = Field(default=None, description="Public, Private or None: RDP in the browser.")
    client_ssh_access: str | None = Field(default=None, description="Public, Private or None: SSH clients.")
    client_rdp_access: str | None = Field(default=None, description="Public, Private or None: RDP clients.")


class NetworkProfile(Model):
    """The network of the plan's labs."""

    subnet_id: OutputText | None = Field(
        default=None, description="Id of the subnet of the labs; Azure takes it when the plan is created, not later."
    )


class SupportInfo(Model):
    """Where users of the labs find help."""

    url: OutputText | None = Field(default=None, description="Address of a page with help.")
    email: OutputText | None = Field(default=None, description="E-mail address.")
    phone: OutputText | None = Field(default=None, description="Telephone number.")
    instructions: OutputText | None = Field(default=None, description="Text for users who need help.")


class PlanSettings(ResourceOptions):
    """What catalogs and programs say of a lab plan alike."""

    name: str | None = Field(default=None, description="Name in Azure (default: the key).")
    resource_group: OutputText = Field(description="Name of the resource group.")
    subscription: OutputText | None = Field(default=None, description="Subscription (default: the provider's).")
    location: str | None = Field(default=None, description="Region that the plan lives in.")
    images: TupleOf[str] | None = local_field(
        description="Names of the gallery's definitions that are offered to whoever makes a lab; the others are not."
    )
    service_principal: ServicePrincipal | None = Field(
        default=None, description="Azure Lab Services in your tenant, which needs a role on the gallery."
    )
    allowed_regions: TupleOf[str] | None = Field(
        default=None, description="Regions in which labs can be made (default: the location)."
    )
    default_auto_shutdown_profile: AutoShutdownProfile | None = Field(
        default=None, description="When machines of new labs are shut down."
    )
    default_connection_profile: ConnectionProfile | None = Field(
        default=None, description="How users connect to machines of new labs."
    )
    default_network_profile: NetworkProfile | None = Field(
        default=None, description="Network of the plan's labs; Azure takes it when the plan is created, not later."
    )
    identity: PlanIdentity | None = Field(default=None, description="The managed identity of the plan.")
    linked_lms_instance: OutputText | None = Field(
        default=None, description="Base address of the learning management system (Canvas) that shows the labs."
    )
    support_info: SupportInfo | None = Field(default=None, description="Where users of the labs find help.")
    tags: Tags | None = Field(default=None, description="Tags of the plan.")


class LabPlan(PlanSettings):
    """A lab plan; its key in the catalog is its name in Azure, unless it has a name of its own."""

    gallery: OutputText | None = Field(
        default=None,
        description="The gallery that labs take images from: a gallery of this catalog, or the id of any. "
        "Without it the plan has none.",
    )
    existing: bool = local_field(False, description="The plan exists: it is referred to, never created or changed.")
    formerly: str | None = catalog_field(
        description="Former key of this plan in the catalog, or its URN: Pulumi learns the new key, and in Azure "
        "nothing changes, the name included."
    )


class LabAccount(Model):
    """A lab account, the older kind of lab plan. None can be made any more: it is referred to, never registered."""

    name: str | None = Field(default=None, description="Name in Azure (default: the key).")
    resource_group: OutputText = Field(description="Name of the resource group.")
    subscription: OutputText | None = Field(default=None, description="Subscription (default: the provider's).")
    location: str | None = Field(default=None, description="Region that the account lives in.")
    gallery: OutputText | None = Field(
        default=None, description="The gallery that is attached: a gallery of this catalog, or the id of any."
    )
    images: TupleOf[str] | None = local_field(
        description="Names of the gallery's definitions that are offered to whoever makes a lab."
    )
    service_principal: ServicePrincipal | None = Field(
        default=None, description="Azure Lab Services for accounts in your tenant, which needs a role on the gallery."
    )
    suppress: TupleOf[Suppression] = local_field((), description="Rules that this account may break for a while.")
