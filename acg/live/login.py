"""Who reads: a given access token, or whoever is logged in."""

from __future__ import annotations

import time
from typing import Any, Final

from azure.core.credentials import AccessToken
from azure.identity import AzureAuthorityHosts
from azure.identity.aio import DefaultAzureCredential

from acg.live.connection import Connection

_LIFE: Final = 24 * 3600
"""Seconds for which a given token is used; Azure refuses it when it is over, which is its business alone."""
_LOGINS: Final = {
    "AzureCloud": AzureAuthorityHosts.AZURE_PUBLIC_CLOUD,
    "AzureChinaCloud": AzureAuthorityHosts.AZURE_CHINA,
    "AzureUSGovernment": AzureAuthorityHosts.AZURE_GOVERNMENT,
}


class GivenToken:
    """A credential that has one access token."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        """The token."""
        return AccessToken(self._token, int(time.time()) + _LIFE)

    async def close(self) -> None:
        """Nothing to close."""

    async def __aenter__(self) -> GivenToken:
        return self

    async def __aexit__(self, *exception: object) -> None:
        return None


def credential(connection: Connection, environment_authority: str | None) -> GivenToken | DefaultAzureCredential:
    """The credential of a connection.

    Args:
        connection: A token of its own goes first.
        environment_authority: AZURE_AUTHORITY_HOST, which wins over that of the cloud.
    """
    if connection.token is not None:
        return GivenToken(connection.token)
    options: dict[str, Any] = {"authority": environment_authority or _LOGINS[connection.cloud]}
    if connection.ca is not None:
        options["connection_verify"] = connection.ca
    if connection.arm is not None:  # its tenant is not one that Microsoft could be asked about
        options["disable_instance_discovery"] = True
    return DefaultAzureCredential(**options)
