"""No request leaves for another host than the configured one, whatever an answer links to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from azure.core.exceptions import AzureError
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy


class ForeignLinkError(AzureError):
    """An answer links to another host."""


class SameHost(SansIOHTTPPolicy[Any, Any]):
    """Refuses every request to another scheme, host or port; stands before the policy that adds the token."""

    def __init__(self, endpoint: str) -> None:
        self._origin = _origin(endpoint)

    def on_request(self, request: PipelineRequest[Any]) -> None:
        """Look at a request before it is sent.

        Raises:
            ForeignLinkError: it would leave the host.
        """
        if _origin(request.http_request.url) != self._origin:
            raise ForeignLinkError("an answer of Resource Manager links to another host, which is not followed")


def _origin(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        return parts.scheme, (parts.hostname or "").lower(), parts.port or 443
    except ValueError:
        return None
