"""One session with Resource Manager: its clients share a login, a connection pool and the same rules.

Retries and throttling are the SDK's. Redirects are not followed, and no link leads to another host.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import aiohttp
from azure.core import AzureClouds
from azure.core.pipeline.transport import AioHttpTransport
from azure.core.rest import HttpRequest
from azure.mgmt.compute.aio import ComputeManagementClient
from azure.mgmt.core.tools import get_arm_endpoints
from azure.mgmt.resourcegraph.aio import ResourceGraphClient

from acg import __version__
from acg.live.connection import Connection, trust
from acg.live.guard import SameHost
from acg.live.limits import LONGEST, too_long
from acg.live.login import credential

AT_ONCE: Final = 16
"""Requests under way at most: enough to hide the network, few enough for Azure's limits."""
_CLOUDS: Final = {
    "AzureCloud": AzureClouds.AZURE_PUBLIC_CLOUD,
    "AzureChinaCloud": AzureClouds.AZURE_CHINA_CLOUD,
    "AzureUSGovernment": AzureClouds.AZURE_US_GOVERNMENT,
}

Client = TypeVar("Client")

logging.getLogger("azure").addHandler(logging.NullHandler())  # what fails is reported once, by whoever reads


class Session:
    """Clients of one Resource Manager; an asynchronous context manager."""

    def __init__(self, connection: Connection) -> None:
        endpoints = get_arm_endpoints(_CLOUDS[connection.cloud])
        self.endpoint: str = connection.arm or endpoints["resource_manager"].rstrip("/")
        """Address of Resource Manager, without a slash at its end."""
        self.at_once = asyncio.Semaphore(AT_ONCE)
        """Held during each request, by `turn` for one."""
        self._connection = connection
        self._scopes: list[str] = endpoints["credential_scopes"]
        self._compute: dict[str, ComputeManagementClient] = {}

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One reading of few at once, which may take `LONGEST`.

        Raises:
            LimitError: it took longer.
        """
        async with self.at_once:
            try:
                async with asyncio.timeout(LONGEST):
                    yield
            except TimeoutError:
                raise too_long() from None

    async def __aenter__(self) -> Self:
        self._credential = credential(self._connection, os.environ.get("AZURE_AUTHORITY_HOST"))
        # Given a file, the SDK's own transport makes a TLS context for each request, and with it a new connection.
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=trust(self._connection.ca), limit=AT_ONCE),
            trust_env=True,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        self._transport = AioHttpTransport(session=self._http, session_owner=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()
        await self._credential.close()

    def client(self, kind: Callable[..., Client], *arguments: str, **options: Any) -> Client:
        """A client of the SDK that reads through this session; it is closed with it.

        Args:
            kind: The class of an asynchronous client, such as ComputeManagementClient.
            arguments: What it takes after the credential, such as a subscription.
            options: Further options of it.
        """
        return kind(
            self._credential,
            *arguments,
            base_url=self.endpoint,
            credential_scopes=self._scopes,
            transport=self._transport,
            per_call_policies=[SameHost(self.endpoint)],
            permit_redirects=False,
            user_agent=f"acg/{__version__}",
            logging_enable=False,
            **options,
        )

    def compute(self, subscription: str) -> ComputeManagementClient:
        """The client of Microsoft.Compute in a subscription."""
        if subscription not in self._compute:
            self._compute[subscription] = self.client(ComputeManagementClient, subscription)
        return self._compute[subscription]

    def graph(self) -> ResourceGraphClient:
        """The client of Azure Resource Graph."""
        return self.client(ResourceGraphClient)

    async def get(self, subscription: str, path: str, api_version: str, **query: str) -> Mapping[str, Any]:
        """What a GET answers for which the SDK has no client, such as of locks; through the same pipeline.

        Args:
            subscription: Whose client is used.
            path: Begins with a slash; or a link of an answer.
            api_version: Version of the interface; not added to a link.
            query: Further options.

        Raises:
            AzureError: it could not be read.
        """
        link = path.startswith("http")
        url = path if link else f"{self.endpoint}{path}"
        parameters = {} if link else {"api-version": api_version, **query}
        response = await self.compute(subscription).send_request(HttpRequest("GET", url, params=parameters))
        response.raise_for_status()
        return response.json()

    async def pages(self, subscription: str, path: str, api_version: str, **query: str) -> AsyncIterator[list[Any]]:
        """The pages of a list for which the SDK has no client; see `get`."""
        link: str | None = path
        while link:
            page = await self.get(subscription, link, api_version, **query)
            yield page.get("value") or []
            link = page.get("nextLink")
