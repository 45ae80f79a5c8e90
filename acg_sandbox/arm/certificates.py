"""A certificate authority of this machine's own, kept in the state folder, so that HTTPS works on loopback."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

import trustme

AUTHORITY = "ca.pem"
_KEY = "ca.key"
_NAMES = ("localhost", "127.0.0.1", "::1")


def authority(folder: Path) -> Path:
    """The certificate that clients must trust; made on first use, with its key readable by the owner alone."""
    certificate, key = folder / AUTHORITY, folder / _KEY
    if not (certificate.exists() and key.exists()):
        made = trustme.CA(organization_name="Embedded Azure")
        with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(made.private_key_pem.bytes())
        certificate.write_bytes(made.cert_pem.bytes())
    return certificate


def server_context(folder: Path) -> ssl.SSLContext:
    """TLS settings of a server on loopback, with a certificate signed by the folder's authority."""
    certificate = authority(folder)
    issuer = trustme.CA.from_pem(certificate.read_bytes(), (folder / _KEY).read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    issuer.issue_cert(*_NAMES).configure_cert(context)
    return context
