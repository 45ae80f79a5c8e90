"""JSON over HTTPS to the one address that a CI names, with its token."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final
from urllib.parse import urlencode, urlsplit

from acg.errors import ReaderError
from acg.text import inert

_SECONDS: Final = 30
_PAGES: Final = 100
_PER_PAGE: Final = 100
"""The most of both. Sources: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api,
https://docs.gitlab.com/api/rest/#pagination"""
_MOST: Final = 20_000_000
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another host."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Api:
    """One interface: its address, and the headers that every call has, which hold the token."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        """Raises ReaderError for an address that a token must not be sent to."""
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise ReaderError(f"the address of the host's interface, {address}, is not https")
        self._address = address.rstrip("/")
        self._headers = dict(headers)
        self._opener = urllib.request.build_opener(_NoRedirect)

    def call(self, method: str, path: str, body: object = None, **query: object) -> Any:
        """The decoded answer. ``path`` comes after the address; None values of the query are left out.

        Raises:
            ReaderError: the host did not answer, or refused; never holds a header.
        """
        given = {key: value for key, value in query.items() if value is not None}
        address = f"{self._address}/{path}" + (f"?{urlencode(given)}" if given else "")
        data = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json", **self._headers}
        request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310 - https, or loopback
        what = f"{method} /{path}"
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                text = answer.read(_MOST)
            return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise ReaderError(f"{what} was answered with {error.code}: {_reason(error)}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise ReaderError(f"{what} was not answered: {error}") from None

    def pages(self, path: str) -> Iterator[Any]:
        """What a list of several pages holds, as GitHub and GitLab number them; at most ten thousand entries.

        Raises:
            ReaderError: as above.
        """
        for page in range(1, _PAGES + 1):
            listed = self.call("GET", path, per_page=_PER_PAGE, page=page)
            yield from listed
            if len(listed) < _PER_PAGE:
                return


@contextmanager
def documented() -> Iterator[None]:
    """Read an answer, as the decorator of what does so.

    Raises:
        ReaderError: it lacks what the host's documentation says it has; a proxy may have answered in its place.
    """
    try:
        yield
    except (LookupError, TypeError, AttributeError):
        raise ReaderError("the host of the pull requests answered in a form that is not documented") from None


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        answer = json.loads(error.read(65_536))
        return inert(str(answer["message"])[:500])
    except (OSError, ValueError, KeyError, TypeError):
        return str(error.reason)
