"""What went wrong, as a reason that says what to do; nothing of what Azure sent is in it but its code."""

from __future__ import annotations

import re
from typing import Any, Final

from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    DecodeError,
    HttpResponseError,
    IncompleteReadError,
    ServiceRequestError,
    ServiceResponseError,
)

from acg.errors import ReaderError
from acg.live.guard import ForeignLinkError
from acg.live.limits import LimitError

READER: Final = "Reader"
"""The role that everything here needs; source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles"""
_CODE: Final = re.compile(r"[A-Za-z0-9_.]{1,80}")


def reason(error: AzureError, role: str = READER) -> str:
    """Why a part is unknown: the predicate of a sentence, such as ``was refused (403 AuthorizationFailed): …``.

    Raises:
        ReaderError: there is no login, so that nothing at all can be read.
    """
    if isinstance(error, LimitError):
        return str(error)
    if isinstance(error, ForeignLinkError):
        return "is not known to its end: an answer links to another host, which is not followed"
    if isinstance(error, HttpResponseError) and error.status_code is not None:
        return _answered(error, error.status_code, role)
    if isinstance(error, ClientAuthenticationError):
        raise ReaderError(NOT_SIGNED_IN) from None
    if isinstance(error, (DecodeError, IncompleteReadError, ServiceResponseError)):
        return f"was not answered to its end ({type(error).__name__})"
    if isinstance(error, ServiceRequestError):
        return f"was not answered: {_network(error)}"
    return f"was not answered ({type(error).__name__})"


NOT_SIGNED_IN: Final = (
    "nobody is logged in to Azure. Log in with `az login`, or set the variables of a service principal or workload "
    "identity (https://learn.microsoft.com/python/api/overview/azure/identity-readme), or ACG_ARM_TOKEN to an access "
    "token"
)


def _answered(error: HttpResponseError, status: int, role: str) -> str:
    said = f"{status} {code}" if (code := code_of(error)) else str(status)
    if status == 401:
        return f"was refused ({said}): log in again, or renew the token in ACG_ARM_TOKEN"
    if status == 403:
        return f"was refused ({said}): whoever reads needs the role {role} on it"
    if status == 404:
        return f"was not found ({said})"
    if status == 429:
        return f"was throttled until the SDK gave up ({said}): read it later"
    return f"was not answered ({said})"


def code_of(error: HttpResponseError) -> str | None:
    """Azure's code of an error, such as AuthorizationFailed; None if it has none that can be shown."""
    code: Any = getattr(getattr(error, "error", None), "code", None)
    return code if isinstance(code, str) and _CODE.fullmatch(code) else None


def _network(error: AzureError) -> str:
    """The kind of a network's failure; its text can hold addresses, and is left out."""
    inner = getattr(error, "inner_exception", None)
    names = {"ClientConnectorCertificateError": "its certificate is not trusted; name the authority with --ca"}
    name = type(inner).__name__ if inner is not None else type(error).__name__
    return names.get(name, name)
