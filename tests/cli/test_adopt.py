"""`acg adopt` as people run it: what it writes, what it refuses, and its exit codes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acg.cli.main import run
from acg.state.observed import write_snapshot
from tests.adopt.answers import EMPTY, GALLERY, body, image, lock, version

OTHER = GALLERY.replace("0001/", "0002/").replace("corp", "other")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def observed(folder: Path, *bodies: dict[str, Any], **more: Any) -> None:
    (folder / "observed.json").write_text(write_snapshot(replace(EMPTY, **more), bodies))


def test_the_catalog_and_the_import_file_are_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, body(GALLERY), image(), version(), locks=[lock("acg")])
    assert run(["adopt", "--observed", "observed.json"]) == 0
    assert capsys.readouterr().out == (
        "catalog.yaml: 1 gallery, 1 image definition, 1 version\n"
        "import.json: 4 resources to import\n"
        "\n"
        "Next:\n"
        "  pulumi config set acg:catalog catalog.yaml\n"
        "  pulumi config set azure-native:subscriptionId aaaaaaaa-0000-4000-8000-000000000001\n"
        "  pulumi import --file import.json --generate-code=false\n"
        "  pulumi up\n"
    )
    assert run(["check", "catalog.yaml"]) == 0
    listed = json.loads((folder / "import.json").read_text())["resources"]
    assert [(one["name"], one.get("parent")) for one in listed] == [
        ("component corp", None),
        ("corp", "component corp"),
        ("corp/web", "component corp"),
        ("corp/web/1.0.0", "component corp"),
        ("corp@lock", "component corp"),
    ]
    assert listed[0] == {
        "type": "acg:index:Gallery",
        "name": "component corp",
        "logicalName": "corp",
        "component": True,
    }


def test_nothing_is_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, body(GALLERY))
    (folder / "import.json").write_text("mine")
    assert run(["adopt", "--observed", "observed.json"]) == 2
    assert "import.json  error ACG001" in capsys.readouterr().err
    assert (folder / "import.json").read_text() == "mine"
    assert not (folder / "catalog.yaml").exists()


def test_what_is_left_to_people_is_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, body(GALLERY), image(), version(provisioningState="Failed"), locks=[lock("theirs")])
    assert run(["adopt", "--observed", "observed.json"]) == 1
    output = capsys.readouterr().out
    assert "Not managed, and declared as existing:\n  corp/web 1.0.0: It is Failed in Azure." in output
    assert "Left outside of the catalog:\n  lock theirs on gallery corp: A catalog's lock is called acg." in output


def test_what_the_rules_refuse_is_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(
        folder, body(GALLERY), image(), image("app", identifier={"publisher": "contoso", "offer": "web", "sku": "web"})
    )
    assert run(["adopt", "--observed", "observed.json"]) == 1
    assert "`acg check` refuses, so fix it first:" in capsys.readouterr().out


def test_galleries_in_several_subscriptions_need_the_stack(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, body(GALLERY), body(OTHER))
    assert run(["adopt", "--observed", "observed.json"]) == 2
    assert "give --stack" in capsys.readouterr().err
    (folder / "Pulumi.yaml").write_text("name: images\nruntime: python\n")
    assert run(["adopt", "--observed", "observed.json", "--stack", "org/images/prod"]) == 0
    urn = "urn:pulumi:prod::images::pulumi:providers:azure-native::subscription-aaaaaaaa-0000-4000-8000-000000000002"
    content = json.loads((folder / "import.json").read_text())
    assert list(content["nameTable"].values()) == [urn]
    assert [one["name"] for one in content["resources"] if "provider" in one] == ["other"]
    assert f"pulumi up --target {urn}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give one of --observed, --live and --stack-file"),
        (["--observed", "observed.json", "--stack-file", "s.json"], "give one of --observed, --live and --stack-file"),
        (["--observed", "nowhere.json"], "nowhere.json"),
        (["--observed", "full.json", "--external", "corp/wbe"], "did you mean corp/web?"),
        (["--observed", "full.json", "--external", "packer-*"], "write it as gallery/definition"),
        (["--observed", "full.json", "--gallery", "corp"], "say what --live reads"),
        (["--live"], "name the subscription with --subscription"),
        (["--live", "--subscription", "mine"], "is not the id of a subscription"),
        (["--observed", "empty.json"], "there is no gallery to adopt"),
        (["--observed", "observed.json", "--out", "nowhere"], "is no folder"),
        (["--stack-file", "observed.json"], "is not an exported stack"),
    ],
)
def test_unusable_input(arguments: list[str], says: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    observed(folder, body(GALLERY))
    (folder / "empty.json").write_text(write_snapshot(EMPTY, []))
    (folder / "full.json").write_text(write_snapshot(EMPTY, [body(GALLERY), image(), version()]))
    assert run(["adopt", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert not (folder / "catalog.yaml").exists()


def test_what_azure_says_is_harmless(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = body(GALLERY, **{"\x1b[31m##vso[task]": 1})
    observed(folder, hostile)
    for form in ("text", "json"):
        run(["adopt", "--observed", "observed.json", "--format", form])
        (folder / "catalog.yaml").unlink()
        (folder / "import.json").unlink()
        output = capsys.readouterr().out
        assert "\x1b" not in output
        assert "##vso[" not in output


ONE_MORE = "galleries:\n  mine: {resourceGroup: rg, location: westeurope}\n"


@pytest.mark.parametrize(
    ("galleries", "catalog"),
    [({}, "galleries/catalog.yaml"), ({"mine.yaml": ONE_MORE}, "galleries")],
    ids=["an empty folder", "a catalog"],
)
def test_the_import_file_is_not_among_those_of_a_catalog(
    galleries: dict[str, str], catalog: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "Pulumi.yaml").write_text("name: images\nruntime: python\n")
    (folder / "galleries").mkdir()
    for name, text in galleries.items():
        (folder / "galleries" / name).write_text(text)
    observed(folder, body(GALLERY))
    assert run(["adopt", "--observed", "observed.json", "--out", "galleries"]) == 0
    output = capsys.readouterr().out
    assert "galleries/catalog.yaml: 1 gallery" in output
    assert "\nimport.json: 1 resource to import" in output
    assert f"Next:\n  pulumi config set acg:catalog {catalog}\n" in output
    assert run(["check", "galleries"]) == 0


def test_the_commands_say_where_to_run_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = folder / "a project"
    project.mkdir()
    observed(folder, body(GALLERY))
    arguments = ["adopt", "--observed", "observed.json", "--out", "a project"]
    assert run(arguments) == 0
    assert "a project/import.json: 1 resource to import" in (output := capsys.readouterr().out)
    assert "Next, in a project:\n  pulumi config set acg:catalog catalog.yaml\n" in output


def test_the_project_is_that_above_the_folder_and_not_that_above_its_spelling(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "there"):
        (folder / name).mkdir()
    (folder / "here" / "Pulumi.yaml").write_text("name: here\nruntime: python\n")
    observed(folder, body(GALLERY))
    monkeypatch.chdir(folder / "here")
    assert run(["adopt", "--observed", "../observed.json", "--out", "../there"]) == 0
    assert (folder / "there" / "import.json").is_file()
