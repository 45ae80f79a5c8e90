"""The authority of a state folder: short-lived, for loopback alone, written whole or not at all."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import verification

from acg_sandbox.arm import certificates
from acg_sandbox.arm.certificates import authority, server_context


@pytest.fixture
def made(tmp_path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(authority(tmp_path).read_bytes())


def test_it_lives_for_a_year(made: x509.Certificate) -> None:
    assert made.not_valid_after_utc - made.not_valid_before_utc <= datetime.timedelta(days=365)


def test_it_signs_for_loopback_alone(made: x509.Certificate) -> None:
    basic = made.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    names = made.extensions.get_extension_for_class(x509.NameConstraints)
    assert names.critical
    assert {str(name.value) for name in names.value.permitted_subtrees or ()} == {
        "localhost",
        "127.0.0.0/8",
        "::1/128",
    }


def _signed(folder: Path, name: x509.GeneralName) -> x509.Certificate:
    """A certificate for any name, signed with the authority's key."""
    issuer = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
    key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    own = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(issuer.subject)
        .public_key(own.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .add_extension(x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )


@pytest.mark.parametrize(
    ("name", "trusted"),
    [
        (x509.DNSName("localhost"), True),
        (x509.IPAddress(ipaddress.ip_address("127.0.0.1")), True),
        (x509.DNSName("management.azure.com"), False),
        (x509.IPAddress(ipaddress.ip_address("10.0.0.1")), False),
    ],
)
def test_openssl_trusts_its_signature_for_loopback_alone(
    tmp_path: Path, name: x509.DNSName | x509.IPAddress, trusted: bool
) -> None:
    store = verification.Store([x509.load_pem_x509_certificate(authority(tmp_path).read_bytes())])
    verifier = verification.PolicyBuilder().store(store).build_server_verifier(name)
    if trusted:
        verifier.verify(_signed(tmp_path, name), [])
    else:
        with pytest.raises(verification.VerificationError):
            verifier.verify(_signed(tmp_path, name), [])


def test_it_stays_and_its_key_is_private(tmp_path: Path) -> None:
    first = authority(tmp_path).read_bytes()
    assert authority(tmp_path).read_bytes() == first
    for name in ("ca.pem", "ca.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("broken", ["ca.pem", "ca.key"])
@pytest.mark.parametrize("content", [b"", b"half a certif", None])
def test_half_an_authority_is_made_anew(tmp_path: Path, broken: str, content: bytes | None) -> None:
    authority(tmp_path)
    if content is None:
        (tmp_path / broken).unlink()
    else:
        (tmp_path / broken).write_bytes(content)
    assert isinstance(server_context(tmp_path), ssl.SSLContext)
    x509.load_pem_x509_certificate((tmp_path / "ca.pem").read_bytes())


def test_an_authority_near_its_end_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = authority(tmp_path).read_bytes()
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=340)
    monkeypatch.setattr(certificates, "_now", lambda: later)
    assert authority(tmp_path).read_bytes() != first


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    state = tmp_path / "state"
    state.mkdir()
    (state / "ca.key").symlink_to(elsewhere)
    authority(state)
    assert elsewhere.read_text() == "mine"
    assert not (state / "ca.key").is_symlink()


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    server_context(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"ca.pem", "ca.key", "server.pem"}
