"""A certificate authority of this state folder's own, so that HTTPS works on loopback.

It lives for a year and, by critical name constraints, for ``localhost`` and loopback addresses alone: whoever trusts it
trusts nothing else with it. It belongs into the settings of a client, never into the trust store of a system.
"""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from acg_sandbox.files import write_private

AUTHORITY = "ca.pem"
_KEY = "ca.key"
_SERVER = "server.pem"
_LIFE = datetime.timedelta(days=365)
_LEFT = datetime.timedelta(days=30)  # an authority with less than this to live is replaced
_SKEW = datetime.timedelta(hours=1)  # for clocks of clients that are behind
_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
_ADDRESSES = (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1"))

_Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def authority(folder: Path) -> Path:
    """The certificate that clients must trust; made on first use and again before its year is over."""
    if _read(folder) is None:
        certificate, key = _make_authority()
        write_private(folder / _KEY, _private(key))
        write_private(folder / AUTHORITY, certificate.public_bytes(serialization.Encoding.PEM))
    return folder / AUTHORITY


def server_context(folder: Path) -> ssl.SSLContext:
    """TLS settings of a server on loopback, with a certificate signed by the folder's authority."""
    authority(folder)
    issuer = _read(folder)
    assert issuer is not None, "the authority was just made"  # noqa: S101
    certificate, key = _make_server(issuer)
    # ssl reads certificates from files only
    write_private(folder / _SERVER, _private(key) + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(folder / _SERVER)
    return context


def _read(folder: Path) -> _Pair | None:
    """The authority of a folder; None when there is none that can be used."""
    try:
        certificate = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
        key = serialization.load_pem_private_key((folder / _KEY).read_bytes(), None)
        certificate.verify_directly_issued_by(certificate)
        constraints = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        return None
    fresh = certificate.not_valid_after_utc - _now() > _LEFT
    return (certificate, key) if fresh and constraints.critical else None


def _make_authority() -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Embedded Azure"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Embedded Azure {x509.random_serial_number():x}"[:40]),
        ]
    )
    permitted = [x509.DNSName("localhost"), *(x509.IPAddress(network) for network in _LOOPBACK)]
    certificate = (
        _builder(key, name, name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate, key


def _make_server(issuer: _Pair) -> _Pair:
    signer, signing_key = issuer
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), *(x509.IPAddress(address) for address in _ADDRESSES)]
    signer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key())
    certificate = (
        _builder(key, name, signer.subject, signer.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(signer_id, critical=False)
        .sign(signing_key, hashes.SHA256())
    )
    return certificate, key


def _builder(
    key: ec.EllipticCurvePrivateKey, subject: x509.Name, issuer: x509.Name, end: datetime.datetime | None = None
) -> x509.CertificateBuilder:
    now = _now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(end or now - _SKEW + _LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
