"""`acg adopt` and `acg drift` over what the SDK's clients read now: the second agrees with the first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from acg.cli.main import run
from tests.live.estate import CANARY, GALLERY, HOME, WEB, Estate, running, versions

LIVE = ("--live", "--subscription", HOME)


@pytest.fixture
def estate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Estate]:
    monkeypatch.chdir(tmp_path)
    with running(tmp_path_factory.mktemp("azure") / "state") as found:
        for name, value in found.addresses.environment.items():
            if name.startswith("ACG_"):
                monkeypatch.setenv(name, value)
        monkeypatch.setenv("ACG_ARM_TOKEN", CANARY)
        yield found


def drift(capsys: pytest.CaptureFixture[str], code: int) -> dict:
    assert run(["drift", "catalog.yaml", *LIVE, "--format", "json"]) == code
    printed = capsys.readouterr()
    assert CANARY not in printed.out + printed.err
    return json.loads(printed.out)


def test_what_is_adopted_does_not_drift(estate: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    estate.add(versions(WEB, ["2.0.0"], provisioningState="Failed"))
    assert run(["adopt", *LIVE, "--gallery", "corp"]) == 1
    printed = capsys.readouterr()
    assert "corp/web 2.0.0: It is Failed in Azure." in printed.out
    written = [file.read_text() for file in tmp_path.iterdir()]
    assert CANARY not in "".join([printed.out, printed.err, *written])
    assert drift(capsys, 0)["unknown"] == []

    estate.change(f"{WEB}/versions/1.0.0", tags={"owner": "them"})
    (found,) = drift(capsys, 1)["drifts"]
    assert (found["kind"], found["resource"]["version"]) == ("different", "1.0.0")


def test_what_is_refused_is_not_known_and_never_missing(
    estate: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["adopt", *LIVE]) == 0
    capsys.readouterr()
    estate.fault("error", status=403, code="AuthorizationFailed", path="/web/versions", times=9)
    found = drift(capsys, 0)
    assert found["drifts"] == []
    assert any("Whether corp/web 1.0.0 and 1 more exist is not known" in one for one in found["unknown"])
    assert any("403 AuthorizationFailed" in one for one in found["unknown"])

    for file in ("catalog.yaml", "import.json"):
        (tmp_path / file).unlink()
    assert run(["adopt", *LIVE]) == 1
    assert "Not known, so the catalog may lack it:\n  versions of" in capsys.readouterr().out


def test_a_subscription_without_galleries_is_said(estate: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["adopt", *LIVE, "--gallery", "nowhere"]) == 2
    assert "there is no gallery to adopt" in capsys.readouterr().err
    assert GALLERY.endswith("/corp")
