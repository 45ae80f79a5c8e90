"""Which number latest stands for, where."""

from typing import Any

import pytest

from acg.catalog.models import Catalog
from acg.desired import lower
from acg.desired.latest import latest
from tests.desired.documents import gallery, image

HERE = {"targetRegions": ["here"]}


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ({}, {}),
        ({"1.9.0": HERE, "1.10.0": HERE, "1.2.0": HERE}, {"here": "1.10.0"}),
        ({"2.0.0": HERE, "10.0.0": HERE}, {"here": "10.0.0"}),
        ({"1.0.9": HERE, "1.0.10": HERE}, {"here": "1.0.10"}),
        ({"1.0.0": {"targetRegions": ["here", "there"]}, "1.1.0": HERE}, {"here": "1.1.0", "there": "1.0.0"}),
        ({"1.0.0": HERE, "1.1.0": {**HERE, "excludeFromLatest": True}}, {"here": "1.0.0"}),
        ({"1.0.0": {**HERE, "excludeFromLatest": True}}, {}),
        (
            {"1.0.0": HERE, "1.1.0": {"targetRegions": [{"name": "here", "excludeFromLatest": True}]}},
            {"here": "1.0.0"},
        ),
        (
            {
                "1.0.0": HERE,
                "1.1.0": {"targetRegions": [{"name": "here", "excludeFromLatest": False}], "excludeFromLatest": True},
            },
            {"here": "1.1.0"},
        ),
        ({"1.0.0": HERE, "1.1.0": {**HERE, "publishedBy": "external"}}, {"here": "1.1.0"}),
        ({"1.0.0": {"location": "Home Town"}}, {"hometown": "1.0.0"}),
        ({"1.0.0": {}}, {}),
        ({"1.0.0": HERE, "latest": HERE, "2.0": HERE}, {"here": "1.0.0"}),
        ({"1.0.0": {**HERE, "endOfLifeDate": "2001-01-01"}}, {"here": "1.0.0"}),
        ({"1.0.0": {"targetRegions": ["Here"]}, "1.0.1": {"targetRegions": ["H e r e"]}}, {"here": "1.0.1"}),
    ],
)
def test_latest_is_the_highest_number_that_is_there_and_not_excluded(
    versions: dict[str, Any], expected: dict[str, str]
) -> None:
    document = {"galleries": {"corp": gallery({"ubuntu": image(versions)})}}
    assert latest(lower(Catalog.model_validate(document)).resources) == {"corp/ubuntu": expected}
