"""What a catalog says of what exists already, or of what others publish, is judged by what is written."""

from pathlib import Path

import pytest

from acg.catalog.reader import read_catalog
from acg.desired.lower import lower
from acg.rules.examples import TODAY
from acg.rules.guardrails import Guardrails
from acg.rules.registry import all_rules
from acg.rules.verdict import Failure
from tests.rules.judging import judge

CATALOG = """
galleries:
  GALLERY:
    existing: true
    resourceGroup: rg
    location: LOCATION
    images:
      IMAGE:
        existing: true
        osType: OS
        versions:
          NUMBER:
            publishedBy: external
            targetRegions: [westeurope, REGION]
"""
RIGHT = {
    "GALLERY": "corp",
    "LOCATION": "westeurope",
    "IMAGE": "ubuntu",
    "OS": "Linux",
    "NUMBER": "1.0.0",
    "REGION": "northeurope",
}


def broken(folder: Path, **wrong: str) -> set[str]:
    text = CATALOG
    for key, value in {**RIGHT, **wrong}.items():
        text = text.replace(key, value)
    (folder / "catalog.yaml").write_text(text)
    reading = read_catalog(str(folder / "catalog.yaml"))
    reading.require()
    resources = lower(reading).resources
    found = {
        rule.name: [verdict for _, verdict in judge(rule, resources, Guardrails(), TODAY)]
        for rule in all_rules().values()
    }
    return {name for name, verdicts in found.items() if any(isinstance(one, Failure) for one in verdicts)}


def test_what_is_right_is_silent(tmp_path: Path):
    assert broken(tmp_path) == set()


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"GALLERY": "corp-images"}, "gallery-name"),
        ({"LOCATION": "westeurop"}, "region-known"),
        ({"IMAGE": "ubuntu_"}, "definition-name"),
        ({"OS": "Linuks"}, "known-values"),
        ({"NUMBER": "'1.0'"}, "version-number"),
        ({"REGION": "nortehurope"}, "region-known"),
        ({"REGION": "West Europe"}, "region-duplicate"),
    ],
)
def test_names_numbers_and_regions_are_judged(tmp_path: Path, wrong: dict[str, str], rule: str):
    assert rule in broken(tmp_path, **wrong)
