"""VHD blobs in storage accounts: only those that the list of seeded resources names are known."""

from __future__ import annotations

from acg_sandbox.arm.protocol.call import Call
from acg_sandbox.arm.state.store import Resource

ACCOUNTS = "microsoft.storage/storageaccounts"


def blob_path(uri: str) -> str:
    """Container and name of a blob: what follows the host, without a query."""
    return uri.split("://", 1)[-1].split("?", 1)[0].partition("/")[2]


def known_blobs(account: Resource) -> dict[str, int] | None:
    """Bytes by path of the blobs of an account; None when they are not listed."""
    return account.hidden.get("blobs")


def blob_size(call: Call, uri: str) -> int | None:
    """Bytes of a blob in an account whose blobs are known."""
    account = uri.split("://", 1)[-1].split(".", 1)[0].lower()
    for found in call.state.store.everywhere(ACCOUNTS):
        if found.body["name"].lower() == account:
            return (known_blobs(found) or {}).get(blob_path(uri))
    return None
