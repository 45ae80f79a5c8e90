"""`acg drift` as people run it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acg.cli.main import run
from acg.state.observed import Coverage, Part, Reading, write_snapshot
from tests.adopt.answers import EMPTY, GALLERY, IMAGE, SOURCE, Json, body, image, version

CATALOG = f"""\
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    images:
      web:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        identifier: {{publisher: contoso, offer: web, sku: web}}
        versions:
          1.0.0: {{source: {{managedImage: {SOURCE}}}, targetRegions: [westeurope]}}
"""
READ = tuple(Reading(part, GALLERY.split("/providers")[0].lower()) for part in Part)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "catalog.yaml").write_text(CATALOG)
    return tmp_path


def observed(folder: Path, *bodies: Json, readings: tuple[Reading, ...] = READ, **more: Any) -> None:
    coverage = Coverage(readings=readings)
    (folder / "observed.json").write_text(write_snapshot(replace(EMPTY, coverage=coverage, **more), bodies))


ALL = (body(GALLERY), image(), version())


def drift(*arguments: str) -> int:
    return run(["drift", "catalog.yaml", "--observed", "observed.json", *arguments])


def test_nothing_differs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, *ALL)
    assert drift() == 0
    assert capsys.readouterr().out == (
        "catalog.yaml: Nothing in Azure differs from the catalog\n\n"
        "Azure as of 2026-11-27 00:00 UTC · 3 resources as declared\n"
    )


def test_a_difference_comes_with_the_edit_that_ends_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, body(GALLERY, description="Ours."), image(), version())
    assert drift() == 1
    assert capsys.readouterr().out == (
        "catalog.yaml: 1 thing in Azure differs from the catalog\n"
        "\n"
        "catalog.yaml:2  different\n"
        "    gallery corp differs in description\n"
        "      description: Ours. in Azure, none in the catalog\n"
        "  fix   Declare what Azure has.\n"
        "        under galleries.corp (catalog.yaml:2):\n"
        "          description: Ours.\n"
        "\n"
        "Azure as of 2026-11-27 00:00 UTC · 2 resources as declared\n"
    )


def test_the_order_matters_where_an_update_would_take_something_away(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    observed(folder, body(GALLERY, description="Ours."), image())
    assert drift() == 1
    assert "Make the edits first, then run pulumi up --refresh once" in capsys.readouterr().out


def test_an_import_goes_under_the_component(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, *ALL, version("1.1.0"))
    assert drift("--stack", "prod", "--format", "json") == 1
    (found,) = json.loads(capsys.readouterr().out)["drifts"]
    (command,) = found["proposal"]["commands"]
    assert command.startswith("pulumi import azure-native:compute:GalleryImageVersion corp/web/1.1.0 ")
    assert f" {IMAGE}/versions/1.1.0 " in command
    assert "acg:index:Gallery::corp$" in command
    assert "--stack prod" in command


@pytest.mark.parametrize(
    ("readings", "says"),
    [
        ((), "Whether corp/web 1.0.0 exists is not known: it was not asked for."),
        (
            (Reading(Part.VERSIONS, IMAGE.lower(), "was refused (403 AuthorizationFailed)"),),
            "Whether corp/web 1.0.0 exists is not known: the request was refused (403 AuthorizationFailed).",
        ),
    ],
)
def test_what_was_not_read_is_not_missing(
    readings: tuple[Reading, ...], says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    observed(folder, body(GALLERY), image(), readings=readings)
    assert drift() == 0
    output = capsys.readouterr().out
    assert "Nothing that could be read differs from the catalog" in output
    assert says in output


@pytest.mark.parametrize(
    ("why", "missing"),
    [
        ("was not found (404 ResourceNotFound)", True),
        ("was not found (404 ResourceGroupNotFound)", True),
        ("was not found (404 SubscriptionNotFound)", False),
        ("was refused (403 AuthorizationFailed)", False),
    ],
)
def test_a_gallery_is_missing_only_where_azure_says_so(
    why: str, missing: bool, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    observed(folder, readings=(Reading(Part.GALLERIES, GALLERY.lower(), why),))
    assert drift() == missing
    output = capsys.readouterr().out
    expected = "gallery corp is declared and does not exist, with 1 image definition and 1 image version in it"
    assert (expected in output) is missing


def test_a_catalog_says_what_to_ignore(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    regions = [{"name": name, "regionalReplicaCount": 1} for name in ("westeurope", "eastus")]
    tagged = {**version(publishingProfile={"targetRegions": regions}), "tags": {"hidden-policy": "1", "mine": "2"}}
    observed(folder, body(GALLERY), image(), tagged)
    assert drift("--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["ignored"] == 0
    (folder / "catalog.yaml").write_text(f"ignore: {{tags: [HIDDEN-*], addedRegions: true}}\n{CATALOG}")
    assert drift("--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["ignored"] == 2
    assert [one["path"] for one in found["drifts"][0]["inputs"]] == [["tags", "mine"]]


def test_a_declared_tag_is_compared_whatever_is_ignored(folder: Path) -> None:
    text = CATALOG.replace("location: westeurope", "location: westeurope\n    tags: {hidden-policy: '0'}")
    (folder / "catalog.yaml").write_text(f"ignore: {{tags: [hidden-*]}}\n{text}")
    observed(folder, {**body(GALLERY), "tags": {"hidden-policy": "1"}}, image(), version())
    assert drift() == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give one of --observed and --live"),
        (["--observed", "observed.json", "--live"], "give one of --observed and --live"),
        (["--observed", "nowhere.json"], "nowhere.json"),
        (["--observed", "observed.json", "--subscription", "x"], "says what --live reads"),
        (["--observed", "catalog.yaml"], "catalog.yaml"),
    ],
)
def test_unusable_input(arguments: list[str], says: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, *ALL)
    assert run(["drift", "catalog.yaml", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_what_azure_says_is_harmless(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "\x1b[31m##vso[task.setvariable]x <!-- acg:plan -->"
    tagged = {**body(GALLERY, description=hostile), "tags": {hostile: "`|x`"}}
    observed(folder, tagged, image(), version("1.1.0"), version())
    for form in ("text", "markdown", "json"):
        assert drift("--format", form) == 1
        output = capsys.readouterr().out
        assert "\x1b" not in output
        assert "##vso[" not in output
        assert form == "text" or form == "json" or "<!--" not in output
