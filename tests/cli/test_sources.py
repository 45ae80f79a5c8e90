"""`acg sources` on the command line."""

import json
from pathlib import Path

import pytest
import yaml

from acg.cli.main import run
from tests.sources.catalogs import BUILD, COMPUTE, HOME, catalog, definition

GROUP = f"/subscriptions/{HOME}/resourceGroups/rg-images"


@pytest.fixture
def file(tmp_path: Path) -> str:
    image = definition({"source": {"managedImage": f"{COMPUTE}/images/golden"}})
    (tmp_path / "catalog.yaml").write_text(yaml.safe_dump(catalog({"one": image}, subscription=None)))
    return str(tmp_path / "catalog.yaml")


def test_the_text_has_a_table_for_each_group_and_says_what_is_not_listed(file: str, capsys: pytest.CaptureFixture[str]):
    assert run(["sources", file]) == 0
    assert capsys.readouterr().out == (
        f"subscription {BUILD.split('/')[2]}, resource group rg-build\n"
        "needed          name      region   assumed  for\n"
        "resource group  rg-build  uksouth           corp/one/1.0.0\n"
        "managed image   golden    uksouth  30 GB    corp/one/1.0.0\n"
        "\n"
        "not listed: resource group rg-images, for corp: "
        "its subscription is the provider's, which the catalog does not name; --subscription does\n"
    )


def test_the_json_is_what_an_embedded_azure_is_seeded_from(file: str, capsys: pytest.CaptureFixture[str]):
    assert run(["sources", file, "--format", "json", "--subscription", HOME]) == 0
    printed = capsys.readouterr()
    assert printed.err == "acg: 2 subscriptions, 3 resources; something is assumed of 1 of them, as each comment says\n"
    found = json.loads(printed.out)
    assert set(found) == {"subscriptions", "resources", "notes"}
    assert [one["id"] for one in found["resources"]] == [GROUP, BUILD, f"{COMPUTE}/images/golden"]
    assert found["resources"][2]["comment"] == "for corp/one/1.0.0; assumed: 30 GB"
    assert found["notes"] == []


def test_the_json_says_in_both_places_what_is_not_listed(file: str, capsys: pytest.CaptureFixture[str]):
    assert run(["sources", file, "--format", "json"]) == 0
    printed = capsys.readouterr()
    (note,) = json.loads(printed.out)["notes"]
    assert note.startswith("not listed: resource group rg-images, for corp: ")
    assert f"acg: {note}" in printed.err


def test_a_catalog_that_needs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    document = {"resourceGroups": {"rg": {"location": "uksouth"}}, "galleries": {"corp": {"resourceGroup": "rg"}}}
    (tmp_path / "own.yaml").write_text(yaml.safe_dump({**document, "defaults": {"location": "uksouth"}}))
    assert run(["sources", str(tmp_path / "own.yaml")]) == 0
    assert capsys.readouterr().out == "The catalog needs nothing that it does not create.\n"


@pytest.mark.parametrize("arguments", [["--subscription", "mine"], ["--format", "yaml"]])
def test_an_unusable_argument_is_refused(file: str, arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert run(["sources", file, *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_catalog_with_problems_is_refused_with_all_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "bad.yaml").write_text("galleries: {a: {locatoin: x}, b: {resourceGrup: y}}")
    assert run(["sources", str(tmp_path / "bad.yaml")]) == 2
    assert capsys.readouterr().err.count("error ACG005") == 2
