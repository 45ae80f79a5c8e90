"""Where ``latest`` may choose a version: `promoted`, `revoked` and `deprecated` as Azure receives them."""

from typing import Any

import pytest

from acg.desired.latest import latest
from tests.desired.documents import gallery, image, one_image, one_version, resources

EVERYWHERE = {"targetRegions": ["westeurope", {"name": "North Europe", "regionalReplicaCount": 3}]}


@pytest.mark.parametrize(
    ("fields", "whole", "by_region"),
    [
        ({}, None, [None, None]),
        ({"promoted": {"westeurope": "2026-11-20"}}, None, [None, True]),
        ({"promoted": {"West Europe": "2026-11-20", "northeurope": "2026-11-24"}}, None, [None, None]),
        ({"promoted": {}}, None, [True, True]),
        ({"revoked": {"reason": "broken", "on": "2026-11-20"}}, True, [True, True]),
        (
            {"promoted": {"westeurope": "2026-11-20"}, "revoked": {"reason": "broken", "on": "2026-11-20"}},
            True,
            [True, True],
        ),
        (
            {
                "targetRegions": [{"name": "westeurope", "excludeFromLatest": False}, "northeurope"],
                "revoked": {"reason": "broken", "on": "2026-11-20"},
            },
            True,
            [True, True],
        ),
    ],
)
def test_regions_that_are_not_open_are_excluded(fields: dict[str, Any], whole: Any, by_region: list[Any]) -> None:
    publishing = one_version({**EVERYWHERE, **fields}).inputs["publishingProfile"]

    assert publishing.get("excludeFromLatest") is whole
    assert [one.get("excludeFromLatest") for one in publishing["targetRegions"]] == by_region


def test_an_excluded_region_keeps_all_else() -> None:
    version = one_version({**EVERYWHERE, "promoted": {"westeurope": "2026-11-20"}})

    assert version.inputs["publishingProfile"]["targetRegions"][1] == {
        "name": "northeurope",
        "regionalReplicaCount": 3,
        "excludeFromLatest": True,
    }


def test_inherited_regions_stay_as_they_are_for_the_versions_beside() -> None:
    versions = {"1.0.0": {}, "1.1.0": {"revoked": {"reason": "broken", "on": "2026-11-20"}}}
    document = {"galleries": {"corp": gallery({"ubuntu": image(versions, defaults=EVERYWHERE)})}}

    assert latest(resources(document).values())["corp/ubuntu"] == {"northeurope": "1.0.0", "westeurope": "1.0.0"}


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({"deprecated": {"since": "2026-11-20"}}, None),
        ({"deprecated": {"since": "2026-11-20", "until": "2027-06-30"}}, "2027-06-30"),
        ({"deprecated": {"since": "2026-11-20", "until": "2027-06-30"}, "endOfLifeDate": "2027-01-01"}, "2027-01-01"),
    ],
)
def test_a_deprecated_definition_ends_when_it_says_so(fields: dict[str, Any], end: str | None) -> None:
    assert one_image(**fields).inputs.get("endOfLifeDate") == end
