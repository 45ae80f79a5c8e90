"""Who may ask: requests to this machine, not by a web page, of a bearable size; and with a token for ``/sandbox``.

A web page that somebody opens on this machine can send requests to any local port. It cannot take away its ``Origin``,
choose its ``Host`` (which is the page's own name when that was rebound to 127.0.0.1) or read a file. Other users of the
machine cannot read the token either.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from starlette.requests import Request

from acg_sandbox.arm.protocol.refusals import RequestError, error

CONTROL = "/sandbox/"
TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105 - a header's name
TOKEN_FILE = "token"  # noqa: S105 - a file's name
MAX_BODY = 4 << 20
"""Bytes of a request's body: what Resource Manager takes as a template (MicrosoftDocs azure-resource-manager,
azure-subscription-service-limits)."""

_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_WRITES = frozenset({"POST", "PUT", "PATCH"})


def examine(request: Request, token: str) -> RequestError | None:
    """The refusal of a request that this endpoint does not even read, or None."""
    headers = request.headers
    host = headers.get("host")
    if host is not None and not _is_own(host, request.scope.get("server")):
        text = f"This endpoint answers for 127.0.0.1 and localhost with its own port, not for {host!r}."
        return RequestError("host", 421, "MisdirectedRequest", text)
    if _is_foreign(headers, f"{request.url.scheme}://{host}"):
        text = "Requests by web pages of other origins are refused."
        return RequestError("origin", 403, "ForeignOrigin", text)
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > MAX_BODY:
        return too_large()
    if request.scope["path"].startswith(CONTROL):
        return _examine_control(request, token)
    return None


def _is_own(host: str, server: tuple[str, int] | None) -> bool:
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        name, port = host, ""
    if name.lower() not in _NAMES:
        return False
    return server is None or port == str(server[1]) or (not port and server[1] in {80, 443})


def _is_foreign(headers: Mapping[str, str], own: str) -> bool:
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    return (origin is not None and origin.lower() != own.lower()) or site not in {None, "none", "same-origin"}


def _examine_control(request: Request, token: str) -> RequestError | None:
    given = request.headers.get(TOKEN_HEADER, "")
    if not hmac.compare_digest(given.encode(), token.encode()):
        where = f"the file {TOKEN_FILE!r} of the state folder"
        text = f"{CONTROL} needs the header {TOKEN_HEADER} with what is in {where}."
        return RequestError("token", 401, "TokenRequired", text)
    if request.method in _WRITES and not is_json(request.headers):
        text = "The content must be sent with Content-Type: application/json."
        return RequestError("media-type", 415, "UnsupportedMediaType", text)
    return None


def is_json(headers: Mapping[str, str]) -> bool:
    """Whether a request says that its content is JSON."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


async def read_body(request: Request) -> bytes:
    """The body of a request.

    Raises:
        RequestError: it is too large, which is found out before more of it is kept.
        ClientDisconnect: the client has gone.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            raise too_large()
        parts.append(part)
    return b"".join(parts)


def too_large() -> RequestError:
    """The refusal of a body over ``MAX_BODY``; the connection ends with it, so that the rest is not read."""
    problem = error("content-too-large")
    problem.headers["Connection"] = "close"
    return problem
