"""`acg observe`: what it writes, what it says, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from acg.cli import main
from acg.state.observed import read_snapshot
from tests.live.estate import CANARY, GALLERY, HOME, OTHER, WEB, Estate, gallery, running, versions
from tests.live.fake_arm import fake_arm

ACG = (sys.executable, "-c", "from acg.cli.main import main; main()")
CATALOG = f"""\
resourceGroups:
  rg-images: {{location: westeurope, subscription: {HOME}}}
galleries:
  corp:
    resourceGroup: rg-images
    subscription: {HOME}
    location: westeurope
    images: {{}}
  other:
    resourceGroup: rg-elsewhere
    location: westeurope
    images: {{}}
"""


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    with running(tmp_path_factory.mktemp("azure") / "state") as found:
        other = f"/subscriptions/{OTHER}/resourceGroups/rg-elsewhere/providers/Microsoft.Compute/galleries/other"
        found.add([gallery(other)])
        yield found


@pytest.fixture
def connected(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> Iterator[Estate]:
    monkeypatch.setenv("ACG_ARM_TOKEN", CANARY)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", estate.addresses.ca)
    yield estate
    estate.heal()


def observe(estate: Estate, *arguments: str | Path) -> int:
    return main.run(["observe", "--arm", estate.addresses.https, *map(str, arguments)])


def test_the_galleries_of_a_catalog(
    connected: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog, out = tmp_path / "catalog.yaml", tmp_path / "observed.json"
    catalog.write_text(CATALOG)
    monkeypatch.setenv("ARM_SUBSCRIPTION_ID", OTHER.upper())

    assert observe(connected, catalog, "--out", out) == 0

    names = [one.name.rpartition("/")[2] for one in read_snapshot(out).resources]
    assert sorted(names) == ["1.0.0", "1.1.0", "corp", "other", "rg-elsewhere", "rg-images", "web"]
    assert out.stat().st_mode & 0o777 == 0o600
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"acg: wrote {out}: 7 resources\n")
    assert CANARY not in out.read_text()


def test_a_gallery_without_a_subscription_asks_for_one(
    connected: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = tmp_path / "catalog.yaml"
    catalog.write_text(CATALOG)
    assert observe(connected, catalog) == 2
    assert "names no subscription for other" in capsys.readouterr().err


def test_consumers_are_looked_for_where_the_catalog_says(
    connected: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog, out = tmp_path / "catalog.yaml", tmp_path / "observed.json"
    catalog.write_text(f"{CATALOG}consumers: {{subscriptions: [{HOME}]}}\n")
    assert observe(connected, catalog, "--subscription", OTHER, "--consumers", "--out", out) == 0
    found = read_snapshot(out)
    assert (found.consumers, found.coverage.subscriptions_total) == ([], 1)
    printed = capsys.readouterr().err
    assert "acg: nothing that uses the images was found\n" in printed
    assert "acg: not looked for as consumers: Azure Batch pools, " in printed

    catalog.write_text(f"{CATALOG}consumers: {{subscriptions: [mine]}}\n")
    assert observe(connected, catalog, "--subscription", OTHER, "--consumers") == 2
    assert "names 'mine' in consumers" in capsys.readouterr().err


def test_a_subscription_without_a_catalog_is_printed(connected: Estate, capsys: pytest.CaptureFixture[str]) -> None:
    assert observe(connected, "--subscription", HOME, "--gallery", "corp") == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found["resources"] if one["type"] == "Microsoft.Compute/galleries"] == [GALLERY]


def test_what_could_not_be_read_is_listed_and_the_rest_written(
    connected: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connected.fault("error", status=403, code="AuthorizationFailed", path="/web/versions")
    out = tmp_path / "observed.json"
    assert observe(connected, "--subscription", HOME, "--out", out) == 0
    printed = capsys.readouterr().err
    assert f"acg: Not known: versions of {WEB.lower()}: the request was refused (403 AuthorizationFailed)" in printed
    assert len(read_snapshot(out).coverage.gaps) == 1


def test_nothing_is_written_where_no_gallery_could_be_read(
    connected: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "observed.json"
    assert observe(connected, "--subscription", "bbbbbbbb-0000-4000-8000-000000000009", "--out", out) == 2
    assert "no gallery could be read" in capsys.readouterr().err
    assert not out.exists()


def test_a_catalog_that_nobody_deployed_yet_finds_that_nothing_exists(
    connected: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog, out = tmp_path / "catalog.yaml", tmp_path / "observed.json"
    catalog.write_text(
        CATALOG.replace("corp:", "new:").replace(
            "  other:\n    resourceGroup: rg-elsewhere", "  more:\n    resourceGroup: rg-new"
        )
    )
    assert observe(connected, catalog, "--subscription", OTHER, "--out", out) == 0
    assert "acg: does not exist: /subscriptions/" in capsys.readouterr().err
    assert not [one for one in read_snapshot(out).resources if "/galleries/" in one.name]


def test_a_service_principal_logs_in_at_its_own_authority(
    estate: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {
        "AZURE_AUTHORITY_HOST": estate.addresses.https,
        "AZURE_TENANT_ID": "99999999-9999-9999-9999-999999999999",
        "AZURE_CLIENT_ID": "any",
        "AZURE_CLIENT_SECRET": "canary-secret",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    out = tmp_path / "observed.json"
    assert observe(estate, "--subscription", HOME, "--ca", estate.addresses.ca, "--out", out) == 0
    assert "canary-secret" not in out.read_text()
    assert any("oauth2" in one["path"] for one in estate.requests())


def test_a_terminal_shows_how_far_the_reading_is(
    connected: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert observe(connected, "--subscription", HOME, "--out", tmp_path / "observed.json") == 0
    printed = capsys.readouterr().err
    assert " resources read" in printed
    assert printed.rpartition("\r\x1b[K")[2].startswith("acg: wrote")


def test_since_reads_replication_only_where_it_is_new(connected: Estate, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert observe(connected, "--subscription", HOME, "--replication", "--out", first) == 0
    connected.add(versions(WEB, ["1.2.0"]))
    before = len(connected.requests())
    assert observe(connected, "--subscription", HOME, "--since", first, "--out", second) == 0
    assert [one["path"] for one in connected.requests()[before:] if "/versions/" in one["path"]] == [
        f"{WEB}/versions/1.2.0"
    ]
    assert len(read_snapshot(second).copies) == 3


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "name a catalog, or a subscription"),
        (["--subscription", "mine"], "'mine' is not the id of a subscription"),
        (["catalog.yaml", "--gallery", "corp"], "give it without a catalog"),
        (["--subscription", HOME, "--names"], "give it with --consumers"),
        (["--subscription", HOME, "--arm", "http://localhost:1"], "Write it as https://HOST"),
        (["--subscription", HOME, "--since", "none.json"], "none.json"),
        (["--subscription", HOME, "--ca", "none.pem"], "none.pem"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_sent(
    arguments: list[str], why: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main.run(["observe", *arguments]) == 2
    assert why in capsys.readouterr().err


def test_without_the_extra_one_line_names_it(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['azure.core'] = None; sys.modules['aiohttp'] = None; "
    command = (sys.executable, "-c", hidden + ACG[2], "observe", "--subscription", HOME)
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert ended.stderr == "acg: reading Azure needs more packages: pip install 'pulumi-acg[live]'\n"


def test_an_interrupt_ends_it_at_once_and_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "observed.json"

    async def run() -> tuple[int, str]:
        reached, over = asyncio.Event(), asyncio.Event()

        async def wait(_: web.Request) -> None:
            reached.set()
            await over.wait()

        async with fake_arm(tmp_path / "arm", lambda _: web.json_response({"value": []}), before=wait) as fake:
            process = await asyncio.create_subprocess_exec(
                *ACG, "observe", "--subscription", HOME, "--arm", fake.url, "--out", out, "--ca", fake.ca,
                env={**os.environ, "ACG_ARM_TOKEN": CANARY}, cwd=tmp_path, stderr=subprocess.PIPE,
            )  # fmt: skip
            await reached.wait()
            process.send_signal(signal.SIGINT)
            _, said = await asyncio.wait_for(process.communicate(), 20)
            over.set()
            return process.returncode or 0, said.decode()

    assert asyncio.run(run()) == (130, "acg: interrupted\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["arm"]
