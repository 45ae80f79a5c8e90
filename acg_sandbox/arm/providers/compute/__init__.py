"""Microsoft.Compute without its galleries: what image versions are made from, and what boots from them."""

from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.providers.compute import refusals
from acg_sandbox.arm.providers.compute.disks import Disks, Snapshots
from acg_sandbox.arm.providers.compute.encryption_sets import EncryptionSets
from acg_sandbox.arm.providers.compute.limits import RATE_LIMITS
from acg_sandbox.arm.providers.compute.machines import Machines
from acg_sandbox.arm.providers.compute.managed_images import ManagedImages
from acg_sandbox.arm.providers.compute.quotas import SKU_OPTIONS, skus, usages
from acg_sandbox.arm.providers.compute.scale_sets import ScaleSets

PROVIDER = ResourceProvider(
    types=(Disks(), Snapshots(), ManagedImages(), EncryptionSets(), Machines(), ScaleSets()),
    routes=(
        Route(r"microsoft\.compute/locations/usages", usages),
        Route(r"microsoft\.compute/skus", skus, options=SKU_OPTIONS),
    ),
    refusals=refusals.TABLE,
    rate_limits=RATE_LIMITS,
)
