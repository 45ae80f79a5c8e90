"""Microsoft.Storage: accounts whose blobs image versions are made from."""

from acg_sandbox.arm.protocol.provider import ResourceProvider
from acg_sandbox.arm.providers.storage.accounts import StorageAccounts

PROVIDER = ResourceProvider(types=(StorageAccounts(),))
