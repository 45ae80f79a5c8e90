"""Microsoft.LabServices: lab plans, their images and labs; lab accounts with the gallery that they have attached."""

from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.providers.labs import refusals
from acg_sandbox.arm.providers.labs.accounts import LabAccounts, SharedGalleries, shared_images
from acg_sandbox.arm.providers.labs.images import plan_images
from acg_sandbox.arm.providers.labs.lab_plans import LabPlans
from acg_sandbox.arm.providers.labs.labs import Labs, machines
from acg_sandbox.arm.providers.labs.resource import operation_result

_NAMESPACE = r"microsoft\.labservices"

PLANS = ResourceProvider(
    types=(LabPlans(), Labs()),
    routes=(
        Route(rf"{_NAMESPACE}/labplans/images", plan_images, frozenset({"GET", "PATCH", "PUT"})),
        Route(rf"{_NAMESPACE}/labs/virtualmachines", machines, options=frozenset({"$filter"})),
        Route(rf"{_NAMESPACE}/locations/operationresults", operation_result),
    ),
    refusals=refusals.TABLE,
    api_versions=("2021-10-01-preview", "2021-11-15-preview", "2022-08-01", "2023-06-07"),
)

ACCOUNTS = ResourceProvider(
    types=(LabAccounts(), SharedGalleries()),
    routes=(Route(rf"{_NAMESPACE}/labaccounts/sharedimages", shared_images),),
    api_versions=("2018-10-15", "2019-01-01-preview"),
)
