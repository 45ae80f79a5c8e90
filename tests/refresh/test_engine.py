"""The life of versions with the real engine: published, promoted, overtaken, rolled back, retired and deleted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from acg.cli import main
from acg_sandbox.launcher.control import add_to
from acg_sandbox.launcher.folder import StateFolder
from tests.embedded import Embedded
from tests.program.stack import FIRST, Stack, catalog, definition, done

pytestmark = pytest.mark.engine

IDENTIFIERS = {name: {"publisher": "contoso", "offer": name, "sku": "gen2"} for name in ("shop", "db")}


def build(azure: Embedded, name: str, created: str) -> None:
    """A build that leaves a managed image behind."""
    disk = {"osType": "Linux", "osState": "Generalized", "diskSizeGB": 30}
    body = {
        "id": f"/subscriptions/{FIRST}/resourceGroups/rg-builds/providers/Microsoft.Compute/images/{name}",
        "location": "westeurope",
        "systemData": {"createdAt": created},
        "properties": {"hyperVGeneration": "V2", "storageProfile": {"osDisk": disk}},
    }
    add_to(StateFolder(azure.folder / "azure"), azure.addresses, (), [body])


def images() -> dict[str, Any]:
    """Two definitions that nobody has written a version of."""
    found: dict[str, Any] = {}
    for name, identifier in IDENTIFIERS.items():
        follows = {"managedImages": {"resourceGroup": "rg-builds", "name": f"{name}-*"}}
        found[name] = definition(identifier=identifier, refresh={"policy": "p", "from": follows})
        del found[name]["versions"]
    return found


POLICY = {"rings": [{"regions": ["westeurope"]}, {"regions": "rest", "after": "P3D"}], "keep": {"versions": 1}}
Acg = Callable[..., str]


@pytest.fixture
def stack(azure: Embedded, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """A stack of two definitions without versions, in whose folder the commands run."""
    for name, value in azure.addresses.environment.items():
        if name.startswith("ACG_") or name.endswith("SUBSCRIPTION_ID"):
            monkeypatch.setenv(name, value)
    stack = Stack(azure)
    monkeypatch.chdir(stack.folder)
    document = catalog(images(), defaults={"targetRegions": ["westeurope", "northeurope"]})
    stack.declare({"refreshPolicies": {"p": POLICY}, **document})
    stack.up()
    git("init", "-q")
    commit()
    return stack


@pytest.fixture
def acg(capsys: pytest.CaptureFixture[str]) -> Acg:
    """A command of acg that ends well; what it printed."""

    def run(*arguments: str) -> str:
        capsys.readouterr()
        code = main.run([*arguments])
        printed = capsys.readouterr()
        assert code == 0, printed.err
        return printed.out

    return run


def git(*arguments: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    return subprocess.run(["git", *who, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def commit() -> None:
    git("add", "catalog.yaml")
    git("commit", "-qm", "The catalog")


def acg_sandbox(azure: Embedded, *command: str) -> str:
    """What a command prints that is attached to the embedded Azure."""
    folder = StateFolder.open(azure.folder)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with folder.lock("server"):
        folder.announce(azure.addresses)
        line = [sys.executable, "-m", "acg_sandbox", "exec", "--state", str(azure.folder), "--", *command]
        run = subprocess.run(line, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def added() -> list[str]:
    """The lines that were added to the catalog; none was taken away."""
    lines = [line for line in git("diff", "-U0").splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert [line for line in lines if line.startswith("-")] == []
    return [line[1:].strip() for line in lines]


def first_version(name: str) -> list[str]:
    """The lines of the first version of a definition."""
    source = f"/subscriptions/{FIRST}/resourceGroups/rg-builds/providers/Microsoft.Compute/images/{name}-1"
    created = {"shop": "2026-11-25T01:00:00Z", "db": "2026-11-25T02:00:00Z"}[name]
    return [
        "highest: 1.0.0",
        "versions:",
        "1.0.0:",
        "location: westeurope",
        "source:",
        f"managedImage: {source}",
        "targetRegions: [westeurope]",
        "publishedOn: 2026-11-27",
        "promoted: {westeurope: 2026-11-27}",
        f"provenance: {{created: {created}}}",
    ]


def test_from_builds_to_the_deletion_of_what_is_old(azure: Embedded, stack: Stack, acg: Acg) -> None:
    def refresh(today: str, *more: str) -> str:
        return acg("refresh", "catalog.yaml", "--live", "--today", today, "--write", *more)

    # Two new managed images: the right versions, and nothing else.
    build(azure, "shop-1", "2026-11-25T01:00:00Z")
    build(azure, "db-1", "2026-11-25T02:00:00Z")
    command = ("acg", "refresh", "catalog.yaml", "--live", "--today", "2026-11-27", "--write")
    assert "2 new versions; written" in acg_sandbox(azure, *command)
    assert added() == [line for name in IDENTIFIERS for line in first_version(name)]
    assert "no edits" in refresh("2026-11-27"), "a second run adds nothing"
    assert sorted(done(stack.up(), "created")) == ["corp/db/1.0.0", "corp/shop/1.0.0"]

    # Later days: what has soaked is promoted, and newer builds follow.
    build(azure, "shop-2", "2026-11-28T01:00:00Z")
    assert "1 new version, 2 promotions; written" in refresh("2026-11-30")
    deployed = stack.up()
    assert done(deployed, "created") == ["corp/shop/1.0.1"]
    assert sorted(done(deployed, "updated")) == ["corp/db/1.0.0", "corp/shop/1.0.0"]
    build(azure, "db-2", "2026-12-02T01:00:00Z")
    assert "1 new version, 1 promotion; written" in refresh("2026-12-03")
    deployed = stack.up()
    assert [done(deployed, "created"), done(deployed, "updated")] == [["corp/db/1.0.1"], ["corp/shop/1.0.1"]]

    # A bad version is taken back with one command, while an old one begins to go.
    said = acg("rollback", "catalog.yaml", "db", "--reason", "boot loop", "--today", "2026-12-04")
    assert "latest in westeurope: 1.0.1 -> 1.0.0" in said
    assert "retire 1.0.0: excluded from latest, end of life 2026-12-11" in refresh("2026-12-04")
    assert sorted(done(stack.up(), "updated")) == ["corp/db/1.0.1", "corp/shop/1.0.0"]
    profile = azure.arm("GET", version("db", "1.0.1")).json()["properties"]["publishingProfile"]
    assert [profile["excludeFromLatest"], *(one["excludeFromLatest"] for one in profile["targetRegions"])] == [True] * 2

    # After its end of life, the old one loses its protection, and then goes.
    assert "retire 1.0.0: loses its protection" in refresh("2026-12-12")
    stack.up()
    commit()
    assert "remove 1.0.0" in refresh("2026-12-13", "--deployed", "HEAD")
    assert done(stack.up(), "deleted") == ["corp/shop/1.0.0"]
    assert azure.arm("GET", version("shop", "1.0.0")).status_code == 404
    left = yaml.safe_load(Path("catalog.yaml").read_text())["galleries"]["corp"]["images"]
    assert {name: list(node["versions"]) for name, node in left.items()} == {
        "shop": ["1.0.1"],
        "db": ["1.0.0", "1.0.1"],
    }


def version(image: str, number: str) -> str:
    """The path of a version."""
    group = f"/subscriptions/{os.environ['ARM_SUBSCRIPTION_ID']}/resourceGroups/rg"
    return f"{group}/providers/Microsoft.Compute/galleries/corp/images/{image}/versions/{number}"
