"""Microsoft.Resources: subscriptions, resource groups, and lists of whatever lies in them."""

from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.providers.resources.deployments import METHODS as DEPLOYMENT_METHODS
from acg_sandbox.arm.providers.resources.deployments import deployments
from acg_sandbox.arm.providers.resources.groups import ResourceGroups, operation_result
from acg_sandbox.arm.providers.resources.listing import EXPAND, OPTIONS, all_resources
from acg_sandbox.arm.providers.resources.subscriptions import locations, subscription, subscriptions, tenants
from acg_sandbox.arm.providers.resources.tags import METHODS as TAG_METHODS
from acg_sandbox.arm.providers.resources.tags import tags

_GROUPS = ResourceGroups()
_SUBSCRIPTION = r"microsoft\.resources/subscriptions"

PROVIDER = ResourceProvider(
    types=(_GROUPS,),
    routes=(
        Route("/subscriptions", subscriptions, open=True),
        Route("/tenants", tenants, open=True),
        Route(_SUBSCRIPTION, subscription),
        Route(f"{_SUBSCRIPTION}/locations", locations),
        Route(f"{_SUBSCRIPTION}/resources", all_resources, options=OPTIONS | EXPAND),
        Route(f"{_SUBSCRIPTION}/resourcegroups", _GROUPS.list, options=OPTIONS),
        Route(f"{_SUBSCRIPTION}/operationresults/[^/]+", operation_result),
        Route(r"microsoft\.resources/resourcegroups/resources", all_resources, options=OPTIONS | EXPAND),
        Route(r"microsoft\.resources/tags", tags, TAG_METHODS),
        Route(r"microsoft\.resources/deployments(/.*)?", deployments, DEPLOYMENT_METHODS, open=True),
        Route(r"microsoft\.resources/resourcegroups/exporttemplate", deployments, frozenset({"POST"})),
    ),
)
