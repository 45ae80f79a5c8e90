"""What travels in the components' inputs comes back as it was."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from acg.catalog.reader import read_catalog
from acg.desired import lower, names
from acg.desired.lines import Lines
from acg.desired.metadata import ComponentMetadata, carry
from acg.desired.resource import Place, Resource

YAML = """\
galleries:
  corp:
    resourceGroup: rg
    suppress:
      - {rule: ACG402, reason: moving house, until: 2030-12-31}
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {publisher: p, offer: o, sku: s}
        versions:
          1.0.0:
            source: {managedImage: /image}
            osDisk: {expectedSizeGB: 30}
            dataDisks: [{lun: 2, expectedSizeGB: 512}]
          1.1.0:
            source: {managedImage: /image}
"""


def test_sizes_suppressions_and_places_come_back(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yaml"
    file.write_text(YAML)
    lowered = lower(read_catalog(file))
    resources = lowered.usable()
    lowered.places.put(resources)
    on_the_wire = json.loads(json.dumps(carry("corp", resources)), parse_int=float)
    metadata = ComponentMetadata("urn:pulumi:dev::x::acg:index:Gallery::corp", on_the_wire)
    for resource in resources:
        assert metadata.expected_sizes(resource.name) == resource.expected_sizes
        assert metadata.suppressed(resource.name) == resource.suppressed
        place = metadata.place(resource.name)
        assert place == Place(str(file), None, None, "")
        assert Lines([Path()]).locate(replace(resource, source=place), ()) == resource.source


def test_what_is_not_there_is_not_carried() -> None:
    assert carry("corp", []) == {}
    nothing = ComponentMetadata("corp", {})
    assert nothing.place("corp") is None
    assert nothing.expected_sizes("corp") == {}
    assert nothing.suppressed("corp") == ()


def of(name: str, file: str) -> Resource:
    return Resource("any", name, {}, source=Place(file, 7, 1, ""))


@pytest.mark.parametrize("name", ["corp", "other", "co/rp"])
def test_a_file_is_carried_once_for_all_that_stands_below(name: str) -> None:
    below = ["", "/u", "/u/1.0.0", "/u/1.1.0", "/v", "/v/1.0.0", "@lock", "@reader/me"]
    files = ["a", "a", "a", "b", "b", "b", "a", "c"]
    resources = [of(f"{name}{path}", file) for path, file in zip(below, files, strict=True)]
    inputs = carry(name, resources)
    assert inputs == {"declaredIn": {".": "a", "u/1.1.0": "b", "v": "b", "@reader/me": "c"}}
    for resource, file in zip(resources, files, strict=True):
        assert ComponentMetadata(name, inputs).place(resource.name) == Place(file, None, None, "")


def test_lines_are_those_of_the_file_as_it_is_now(tmp_path: Path) -> None:
    (tmp_path / "corp.yaml").write_text("# One line more.\n" + YAML)
    lines = Lines([tmp_path / "elsewhere", tmp_path])
    version = replace(of("urn:pulumi:dev::x::any::corp/ubuntu/1.0.0", ""), source=Place("corp.yaml", None, None, ""))
    found = lines.locate(version, ())
    assert found is not None
    assert (found.file, found.line) == ("corp.yaml", 13)
    unknown = replace(version, source=Place("gone.yaml", None, None, ""))
    assert lines.locate(unknown, ()) == unknown.source
    assert lines.locate(replace(version, source=None), ()) is None


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        (("corp",), ("galleries", "corp")),
        (("a/b", "c%d"), ("galleries", "a/b", "images", "c%d")),
        (("corp", "", "1@0"), ("galleries", "corp", "images", "", "versions", "1@0")),
    ],
)
def test_an_address_leads_back_to_its_keys(keys: tuple[str, ...], path: tuple[str, ...]) -> None:
    assert names.catalog_path(names.address(*keys)) == path
    assert names.catalog_path(names.lock(names.address(*keys))) == path
