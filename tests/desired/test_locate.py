"""From an input of azure-native back to the line of YAML that it comes from."""

from pathlib import Path

import pytest

from acg.catalog.models import Catalog
from acg.catalog.reader import read_catalog
from acg.desired import lower
from acg.path import parse
from tests.desired.documents import gallery

YAML = """\
resourceGroups:
  rg: {location: westeurope}
defaults:
  targetRegions:
    - westeurope
    - {name: northeurope, regionalReplicaCount: 2}
  tags: {team: platform}
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    lock: CanNotDelete
    defaults: {endOfLifeAfter: P1Y}
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {publisher: p, offer: o, sku: s}
        hibernation: true
        features:
          Extra: {value: "True", startsAtVersion: 1.0.0}
        disallowedDiskTypes: [Standard_LRS]
        versions:
          1.0.0:
            publishedOn: 2026-01-01
            source:
              managedImage: /image
            dataDisks:
              - {lun: 0, expectedSizeGB: 30}
              - {lun: 1, hostCaching: None}
          1.1.0:
            publishedOn: 2026-01-01
            targetRegions:
              - East US
            osDisk:
              vhd: https://vhd
            tags:
              own.name: "1"
"""


@pytest.mark.parametrize(
    ("name", "path", "line"),
    [
        ("resource-group@rg", "location", 2),
        ("corp", "resourceGroupName", 10),
        ("corp", "galleryName", 9),
        ("corp", "tags.team", 7),
        ("corp@lock", "level", 12),
        ("corp/ubuntu", "location", 11),
        ("corp/ubuntu", "osState", 17),
        ("corp/ubuntu", "features[0].value", 19),
        ("corp/ubuntu", "features[1].value", 21),
        ("corp/ubuntu", "features[1].startsAtVersion", 21),
        ("corp/ubuntu", "disallowed.diskTypes[0]", 22),
        ("corp/ubuntu", "hyperVGeneration", 15),
        ("corp/ubuntu/1.0.0", "galleryImageVersionName", 24),
        ("corp/ubuntu/1.0.0", "storageProfile.source.id", 27),
        ("corp/ubuntu/1.0.0", "storageProfile.dataDiskImages[0].hostCaching", 30),
        ("corp/ubuntu/1.0.0", "dataDisks[0].expectedSizeGB", 29),
        ("corp/ubuntu/1.0.0", "publishingProfile.targetRegions[1].regionalReplicaCount", 6),
        ("corp/ubuntu/1.0.0", "publishingProfile.targetRegions", 5),
        ("corp/ubuntu/1.0.0", "publishingProfile.endOfLifeDate", 13),
        ("corp/ubuntu/1.0.0", "location", 11),
        ("corp/ubuntu/1.1.0", "publishingProfile.targetRegions[0].name", 34),
        ("corp/ubuntu/1.1.0", "storageProfile.osDiskImage.source.uri", 36),
        ("corp/ubuntu/1.1.0", "storageProfile.osDiskImage.source", 36),
        ("corp/ubuntu/1.1.0", 'tags["own.name"]', 38),
        ("corp/ubuntu/1.1.0", "tags.team", 7),
        ("corp/ubuntu/1.1.0", "publishingProfile.replicaCount", 31),
        ("corp/ubuntu/1.1.0", "nonsense", 31),
    ],
)
def test_an_input_is_found_where_it_was_declared(tmp_path: Path, name: str, path: str, line: int) -> None:
    file = tmp_path / "catalog.yaml"
    file.write_text(YAML)
    lowered = lower(read_catalog(file))
    resource = next(one for one in lowered.usable() if one.name == name)
    place = lowered.locate(resource, parse(path))
    assert place is not None
    assert (place.file, place.line) == (str(file), line), place.path


def test_every_resource_knows_its_place(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yaml"
    file.write_text(YAML)
    lowered = lower(read_catalog(file))
    lowered.places.put(lowered.resources)
    lines = {one.name: (one.source.line, one.source.column) for one in lowered.resources if one.source}
    assert lines == {
        "resource-group@rg": (2, 3),
        "corp": (9, 3),
        "corp/ubuntu": (15, 7),
        "corp/ubuntu/1.0.0": (24, 11),
        "corp/ubuntu/1.1.0": (31, 11),
        "corp@lock": (12, 11),
    }


def test_problems_have_places(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yaml"
    file.write_text(YAML.replace("            publishedOn: 2026-01-01\n", "", 1))
    (problem,) = lower(read_catalog(file)).problems
    assert problem.place == f"{file}:24:11"


def test_what_is_not_from_a_file_has_no_places() -> None:
    lowered = lower(Catalog.model_validate({"galleries": {"corp": gallery()}}))
    assert lowered.locate(lowered.resources[0], ("location",)) is None
    assert lowered.resources[0].source is None


def test_nothing_readable_is_nothing_desired(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yaml"
    file.write_text("galleries: [")
    lowered = lower(read_catalog(file))
    assert (lowered.resources, lowered.problems) == ([], ())
