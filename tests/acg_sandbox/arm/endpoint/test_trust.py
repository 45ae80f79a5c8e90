"""What clients trust: the folder's authority, and whatever the machine trusted before."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12

from acg_sandbox.arm.certificates import authority
from acg_sandbox.arm.trust import write_trusted


@pytest.fixture(autouse=True)
def of_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine trusts the authority of another folder."""
    (tmp_path / "machine").mkdir()
    file = authority(tmp_path / "machine")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    return file


def _written(tmp_path: Path) -> tuple[Path, Path]:
    own = authority(tmp_path)
    write_trusted(own)
    return own.with_name("trusted.pem"), own.with_name("trusted.p12")


def test_the_bundle_adds_the_authority_to_those_of_the_machine(tmp_path: Path, of_machine: Path) -> None:
    bundle, _ = _written(tmp_path)
    assert bundle.read_bytes() == (tmp_path / "ca.pem").read_bytes() + of_machine.read_bytes()
    context = ssl.create_default_context(cafile=str(bundle))
    assert len(context.get_ca_certs()) >= 2


def test_java_finds_the_same_certificates(tmp_path: Path) -> None:
    _, store = _written(tmp_path)
    assert len(pkcs12.load_pkcs12(store.read_bytes(), None).additional_certs) == 2


def test_a_certificate_that_cannot_be_read_is_left_out_for_java(tmp_path: Path, of_machine: Path) -> None:
    broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    of_machine.write_text(broken + of_machine.read_text())
    _, store = _written(tmp_path)
    assert len(pkcs12.load_pkcs12(store.read_bytes(), None).additional_certs) == 2


def test_the_folder_s_own_bundle_is_not_taken_for_the_machine_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, _ = _written(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    monkeypatch.setattr("acg_sandbox.arm.trust._FILES", ())
    _written(tmp_path)
    assert bundle.read_bytes() == (tmp_path / "ca.pem").read_bytes()
