"""What clients trust: this folder's authority beside the authorities that the machine trusts already.

Most clients read one file of certificates and trust nothing else, so that a file with the folder's authority alone
would cut a shell off from every other host. Java reads a store of its own format.
"""

from __future__ import annotations

import contextlib
import os
import ssl
import warnings
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from acg_sandbox.files import write_private

BUNDLE = "trusted.pem"
STORE = "trusted.p12"
_NAME = b"embedded azure"
_VARIABLES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
# Where distributions keep them; crypto/x509/root_linux.go of Go has the same list
_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def write_trusted(authority: Path) -> None:
    """Write both files beside the certificate of a folder's authority."""
    own = authority.read_bytes()
    machine = _of_machine(authority.parent)
    write_private(authority.with_name(BUNDLE), own + machine)
    certificates = [x509.load_pem_x509_certificate(own), *_readable(machine)]
    entries = [pkcs12.PKCS12Certificate(one, _NAME + b" %d" % n) for n, one in enumerate(certificates)]
    write_private(authority.with_name(STORE), pkcs12.serialize_java_truststore(entries, NoEncryption()))


def _of_machine(folder: Path) -> bytes:
    """The certificates that this process trusts, as PEM; empty if the machine keeps them nowhere known."""
    named = [os.environ.get(name, "") for name in _VARIABLES]
    for path in [*named, ssl.get_default_verify_paths().cafile or "", *_FILES]:
        if path and Path(path).is_file() and Path(path).parent.resolve() != folder.resolve():
            return Path(path).read_bytes()
    return b""


def _readable(certificates: bytes) -> Iterator[x509.Certificate]:
    """Those of a file of certificates that follow the standards; a machine may have old ones that do not."""
    end = b"-----END CERTIFICATE-----"
    for part in certificates.split(end)[:-1]:
        with contextlib.suppress(ValueError, Warning), warnings.catch_warnings(action="error"):
            yield x509.load_pem_x509_certificate(part[part.index(b"-----BEGIN CERTIFICATE-----") :] + end)
