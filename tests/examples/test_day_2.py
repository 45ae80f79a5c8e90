"""What docs/day-2.md tells people to write can be written."""

import re
from pathlib import Path

import pytest

from acg.catalog.reader import read_catalog
from acg.desired import lower
from acg.rules.declared import check_lowered

TEXT = (Path(__file__).parents[2] / "docs" / "day-2.md").read_text()
CATALOGS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("text", CATALOGS)
def test_every_catalog_is_one_and_breaks_no_rule(text: str, tmp_path: Path) -> None:
    file = tmp_path / "catalog.yaml"
    file.write_text(text)
    reading = read_catalog(file)
    lowered = lower(reading)
    assert not (*reading.problems, *lowered.problems)
    assert not check_lowered(lowered).errors


def test_there_are_catalogs() -> None:
    assert len(CATALOGS) == 2


def test_the_rename_keeps_the_names(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yaml"
    file.write_text(next(text for text in CATALOGS if "formerly" in text))
    found = {resource.name: resource for resource in lower(read_catalog(file)).usable()}
    assert found["resource-group@images"].formerly == "resource-group@rg-images"
    assert found["company"].formerly == "corp"
    assert found["company"].inputs["galleryName"] == "corp"
