"""Microsoft.Resources: subscriptions, resource groups, and lists of whatever lies in them."""

from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.providers.resources.groups import ResourceGroups, operation_result
from acg_sandbox.arm.providers.resources.listing import all_resources
from acg_sandbox.arm.providers.resources.subscriptions import locations, subscription, subscriptions

_GROUPS = ResourceGroups()
_SUBSCRIPTION = r"microsoft\.resources/subscriptions"

PROVIDER = ResourceProvider(
    types=(_GROUPS,),
    routes=(
        Route("/subscriptions", subscriptions, open=True),
        Route(_SUBSCRIPTION, subscription),
        Route(f"{_SUBSCRIPTION}/locations", locations),
        Route(f"{_SUBSCRIPTION}/resources", all_resources),
        Route(f"{_SUBSCRIPTION}/resourcegroups", _GROUPS.list),
        Route(f"{_SUBSCRIPTION}/operationresults/[^/]+", operation_result),
        Route(r"microsoft\.resources/resourcegroups/resources", all_resources),
    ),
)
