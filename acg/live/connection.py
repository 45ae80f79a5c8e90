"""Which Azure is read, how its certificate is checked, and who reads it: settled before anything is sent."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from acg.errors import InputError, Problem, shown

CLOUDS: Final = ("AzureCloud", "AzureChinaCloud", "AzureUSGovernment")
"""Names of clouds, as the Azure CLI has them."""
TOKEN: Final = "ACG_ARM_TOKEN"  # noqa: S105 - the name of a variable
"""Variable with an access token for Resource Manager, used instead of a login."""
AUTHORITIES: Final = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
"""Variables with a file of certificate authorities; the first one that is set counts."""


class Connection(NamedTuple):
    """A Resource Manager and how to reach it."""

    arm: str | None = None
    """Address of another Resource Manager than the cloud's own, without a slash at its end."""
    cloud: str = CLOUDS[0]
    ca: str | None = None
    """File of certificate authorities that are trusted instead of the usual ones."""
    token: str | None = None
    """Access token to use instead of a login."""

    def __repr__(self) -> str:
        return f"Connection(arm={self.arm!r}, cloud={self.cloud!r}, ca={self.ca!r})"  # a token is never shown


def connection(environment: Mapping[str, str], arm: str | None, cloud: str, ca: Path | None) -> Connection:
    """The connection that options and environment ask for.

    Raises:
        InputError: carries everything about them that cannot be used.
    """
    file = (
        ca.as_posix()
        if ca is not None
        else next((environment[one] for one in AUTHORITIES if environment.get(one)), None)
    )
    problems = [one for one in (_address_problem(arm), _authority_problem(file)) if one is not None]
    if problems:
        raise InputError(problems)
    return Connection(arm.rstrip("/") if arm else None, cloud, file, environment.get(TOKEN) or None)


def trust(ca: str | None) -> ssl.SSLContext:
    """What a connection trusts."""
    return (
        ssl.create_default_context(cafile=ca)
        if ca is None or Path(ca).is_file()
        else ssl.create_default_context(capath=ca)
    )


def _address_problem(arm: str | None) -> Problem | None:
    if arm is None:
        return None
    try:
        parts = urlsplit(arm)
        fine = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return Problem(
            "ACG001", f"{shown(arm)} is not the address of a Resource Manager", "Write it as https://HOST[:PORT]."
        )
    if not fine or parts.username or parts.query or parts.fragment or parts.path.strip("/"):
        return Problem(
            "ACG001",
            f"{shown(arm)} is not the address of a Resource Manager",
            "Write it as https://HOST[:PORT].",
            why="An access token is sent there, and that is done over HTTPS only.",
        )
    return None


def _authority_problem(file: str | None) -> Problem | None:
    if file is None:
        return None
    fix = f"Name a file of certificates with --ca, {AUTHORITIES[0]} or {AUTHORITIES[1]}."
    if not Path(file).exists():
        return Problem("ACG001", "does not exist", fix, file=file)
    try:
        trust(file)
    except (OSError, ssl.SSLError) as error:
        cause = (error.strerror or error.reason or "") if isinstance(error, ssl.SSLError) else error.strerror or ""
        return Problem(
            "ACG001",
            f"holds no certificate authority that could be used: {cause.lower() or type(error).__name__}",
            fix,
            file=file,
        )
    return None
