"""A lab plan of Azure Lab Services: which gallery labs take images from, and how labs are made."""

from collections.abc import Mapping, Sequence
from typing import Required, TypedDict

import pulumi

from pulumi_acg.args.common import Suppression, Timeouts


class ServicePrincipal(TypedDict, total=False):
    """Azure Lab Services in the tenant, and its role on the gallery; plain text is the object id."""

    object_id: Required[pulumi.Input[str]]
    """Object id of the enterprise application Azure Lab Services, which differs in every tenant."""
    role: str
    """Owner (default for lab plans) or Contributor (default for lab accounts)."""


class PlanIdentity(TypedDict, total=False):
    """The managed identity of a lab plan."""

    type: str
    """SystemAssigned; there is no other kind."""


class AutoShutdownProfile(TypedDict, total=False):
    """When the machines of new labs are shut down, unless the lab says otherwise."""

    shutdown_on_disconnect: str
    """Enabled or Disabled: shut down after the user has disconnected."""
    disconnect_delay: str
    """How long a user may be disconnected, as an ISO 8601 duration such as PT15M."""
    shutdown_on_idle: str
    """None, UserAbsence or LowUsage: what counts as an idle machine."""
    idle_delay: str
    """How long a machine may be idle, as an ISO 8601 duration such as PT15M."""
    shutdown_when_not_connected: str
    """Enabled or Disabled: shut down a started machine that nobody connects to."""
    no_connect_delay: str
    """How long a started machine waits for a connection, such as PT15M."""


class ConnectionProfile(TypedDict, total=False):
    """How users connect to the machines of new labs, unless the lab says otherwise."""

    web_ssh_access: str
    """Public, Private or None: SSH in the browser."""
    web_rdp_access: str
    """Public, Private or None: RDP in the browser."""
    client_ssh_access: str
    """Public, Private or None: SSH clients."""
    client_rdp_access: str
    """Public, Private or None: RDP clients."""


class NetworkProfile(TypedDict, total=False):
    """The network of the plan's labs."""

    subnet_id: pulumi.Input[str]
    """Id of the subnet of the labs; Azure takes it when the plan is created, not later."""


class SupportInfo(TypedDict, total=False):
    """Where users of the labs find help."""

    url: pulumi.Input[str]
    """Address of a page with help."""
    email: pulumi.Input[str]
    """E-mail address."""
    phone: pulumi.Input[str]
    """Telephone number."""
    instructions: pulumi.Input[str]
    """Text for users who need help."""


class LabPlanArgs(TypedDict, total=False):
    """A lab plan, attached to a gallery that exists or that the same program makes."""

    protect: bool
    """Whether Pulumi refuses to delete or replace it."""
    retire: bool
    """Lifts the protection of this and of what it holds: the first of two steps to delete it."""
    timeouts: Timeouts
    """Longest waits for operations (default: from regions and replicas)."""
    suppress: Sequence[Suppression]
    """Rules that this resource may break for a while."""
    name: str
    """Name in Azure (default: the key)."""
    resource_group: Required[pulumi.Input[str]]
    """Name of the resource group."""
    subscription: pulumi.Input[str]
    """Subscription (default: the provider's)."""
    location: str
    """Region that the plan lives in."""
    images: Sequence[str]
    """Names of the gallery's definitions that are offered to whoever makes a lab; the others are not."""
    service_principal: ServicePrincipal
    """Azure Lab Services in your tenant, which needs a role on the gallery."""
    allowed_regions: Sequence[str]
    """Regions in which labs can be made (default: the location)."""
    default_auto_shutdown_profile: AutoShutdownProfile
    """When machines of new labs are shut down."""
    default_connection_profile: ConnectionProfile
    """How users connect to machines of new labs."""
    default_network_profile: NetworkProfile
    """Network of the plan's labs; Azure takes it when the plan is created, not later."""
    identity: PlanIdentity
    """The managed identity of the plan."""
    linked_lms_instance: pulumi.Input[str]
    """Base address of the learning management system (Canvas) that shows the labs."""
    support_info: SupportInfo
    """Where users of the labs find help."""
    tags: Mapping[str, pulumi.Input[str]]
    """Tags of the plan."""
    gallery_id: pulumi.Input[str]
    """Id of the gallery that labs take images from; without it the plan has none."""
