"""Defaults: lists replace, maps merge, the nearest wins."""

from typing import Any

import pytest

from tests.desired.documents import gallery, image, one_version, problems, resources

LEVELS = ("catalog", "gallery", "image", "version")


def at_levels(field: str, values: dict[str, Any]) -> Any:
    """Inputs of one version whose field is declared at some levels."""
    version = {field: values["version"]} if "version" in values else {}
    return one_version(
        version,
        catalog={"defaults": {field: values["catalog"]}} if "catalog" in values else {},
        of_gallery={"defaults": {field: values["gallery"]}} if "gallery" in values else {},
        of_image={"defaults": {field: values["image"]}} if "image" in values else {},
    ).inputs


@pytest.mark.parametrize("nearest", range(4))
@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("location", "region{}", ("location",)),
        ("replicaCount", 1, ("publishingProfile", "replicaCount")),
        ("storageAccountType", "type{}", ("publishingProfile", "storageAccountType")),
        ("targetRegions", ["region{}"], ("publishingProfile", "targetRegions")),
    ],
)
def test_the_nearest_level_wins(field: str, value: Any, path: tuple[str, ...], nearest: int) -> None:
    def of(level: int) -> Any:
        if isinstance(value, int):
            return value + level
        return [value[0].format(level)] if isinstance(value, list) else value.format(level)

    inputs = at_levels(field, {LEVELS[level]: of(level) for level in range(nearest + 1)})
    for key in path:
        inputs = inputs[key]
    assert inputs == ([{"name": f"region{nearest}"}] if field == "targetRegions" else of(nearest))


FULL = {"name": "a", "regionalReplicaCount": 5, "storageAccountType": "Standard_ZRS", "excludeFromLatest": True}
PLAIN = {"name": "b"}
IN_REGIONS = {"replicaCount": "regionalReplicaCount"}


@pytest.mark.parametrize(
    ("regions_at", "field", "value", "said_at", "regions_win"),
    [
        # what a level nearer to the version says wins over what a region says further out
        ("catalog", "replicaCount", 20, "gallery", False),
        ("catalog", "replicaCount", 20, "image", False),
        ("gallery", "replicaCount", 20, "version", False),
        ("catalog", "storageAccountType", "Premium_LRS", "image", False),
        ("image", "storageAccountType", "Premium_LRS", "version", False),
        ("catalog", "excludeFromLatest", False, "version", False),
        # a region wins over its own level and over those further out
        ("gallery", "replicaCount", 20, "gallery", True),
        ("image", "replicaCount", 20, "catalog", True),
        ("version", "replicaCount", 20, "version", True),
        ("version", "storageAccountType", "Premium_LRS", "image", True),
        ("version", "excludeFromLatest", False, "version", True),
    ],
)
def test_the_nearest_wins_between_regions_and_values_for_all_of_them(
    regions_at: str, field: str, value: Any, said_at: str, regions_win: bool
) -> None:
    said: dict[str, dict[str, Any]] = {level: {} for level in LEVELS}
    said[regions_at]["targetRegions"] = [FULL, "b"]
    said[said_at][field] = value

    inputs = one_version(
        said["version"],
        catalog={"defaults": said["catalog"]},
        of_gallery={"defaults": said["gallery"]},
        of_image={"defaults": said["image"]},
    ).inputs["publishingProfile"]

    outweighed = set() if regions_win else {IN_REGIONS.get(field, field)}
    assert inputs["targetRegions"] == [{key: one for key, one in FULL.items() if key not in outweighed}, PLAIN]
    assert inputs[field] == value


def test_lists_replace_and_an_empty_one_is_one() -> None:
    inputs = at_levels("targetRegions", {"catalog": ["a", "b"], "version": []})
    assert inputs["publishingProfile"]["targetRegions"] == []


def test_maps_merge() -> None:
    tags = {level: {"all": level, level: "yes"} for level in LEVELS}
    assert at_levels("tags", tags)["tags"] == {"all": "version", **dict.fromkeys(LEVELS, "yes")}


def test_tags_of_a_resource_are_its_own_and_tags_of_defaults_are_everyone_s() -> None:
    found = resources(
        {
            "resourceGroups": {"rg": {"location": "a"}},
            "defaults": {"tags": {"team": "platform"}},
            "galleries": {"corp": gallery({"u": image(tags={"kind": "base"})}, tags={"owner": "images"})},
        }
    )
    assert found["resource-group@rg"].inputs["tags"] == {"team": "platform"}
    assert found["corp"].inputs["tags"] == {"team": "platform", "owner": "images"}
    assert found["corp/u"].inputs["tags"] == {"team": "platform", "kind": "base"}


@pytest.mark.parametrize(
    ("catalog", "of_gallery", "of_image", "expected"),
    [
        ({}, {"location": "g"}, {}, "g"),
        ({"defaults": {"location": "c"}}, {"location": "g"}, {}, "g"),
        ({}, {"location": "g", "defaults": {"location": "gd"}}, {}, "gd"),
        ({}, {"defaults": {"location": "gd"}}, {"location": "i"}, "i"),
        ({}, {}, {"location": "i", "defaults": {"location": "id"}}, "id"),
        ({}, {}, {}, None),
    ],
)
def test_a_resource_s_own_location_is_the_default_for_what_stands_below(
    catalog: Any, of_gallery: Any, of_image: Any, expected: str | None
) -> None:
    inputs = one_version({}, catalog=catalog, of_gallery=of_gallery, of_image=of_image).inputs
    assert inputs.get("location") == expected


@pytest.mark.parametrize(
    ("catalog", "of_gallery", "of_image", "version", "switch", "expected"),
    [
        # (catalog's defaults, gallery, image, version, the stack's switch, [gallery, image, version] protected)
        ({}, {}, {}, {}, None, [True, True, True]),
        ({"protect": False}, {}, {}, {}, None, [False, False, False]),
        ({"protect": True}, {}, {}, {}, None, [True, True, True]),
        ({"protect": False}, {}, {}, {"protect": True}, None, [False, False, True]),
        ({}, {"protect": True}, {}, {}, None, [True, True, True]),
        ({}, {"protect": False}, {}, {}, None, [False, True, True]),
        ({}, {"defaults": {"protect": False}}, {}, {}, None, [True, False, False]),
        ({}, {}, {"protect": False}, {}, None, [True, False, True]),
        ({}, {}, {"defaults": {"protect": False}}, {}, None, [True, True, False]),
        ({}, {}, {}, {"retire": True}, None, [True, True, False]),
        ({}, {}, {"retire": True}, {"protect": True}, None, [True, False, False]),
        ({"protect": True}, {"retire": True}, {}, {}, None, [False, False, False]),
        ({}, {}, {}, {}, False, [False, False, False]),
        ({"protect": True}, {"protect": True}, {"protect": True}, {"protect": True}, False, [False, False, False]),
        ({"protect": False}, {}, {}, {}, True, [True, True, True]),
        ({}, {}, {"retire": True}, {}, True, [True, False, False]),
    ],
)
def test_protection(
    catalog: Any, of_gallery: Any, of_image: Any, version: Any, switch: bool | None, expected: list[bool]
) -> None:
    document = {
        "defaults": catalog,
        "galleries": {"corp": gallery({"u": image({"1.0.0": version}, **of_image)}, **of_gallery)},
    }
    found = resources(document, protect=switch)
    assert [found[name].protect for name in ("corp", "corp/u", "corp/u/1.0.0")] == expected


@pytest.mark.parametrize(
    ("duration", "published", "end"),
    [
        ("P18M", "2026-10-16", "2028-04-16"),
        ("P1Y6M", "2026-10-16", "2028-04-16"),
        ("P90D", "2026-10-16", "2027-01-14"),
        ("P2W", "2026-12-25", "2027-01-08"),
        ("P1M", "2027-01-31", "2027-02-28"),
        ("P1Y", "2028-02-29", "2029-02-28"),
        ("P1M1D", "2027-01-31", "2027-03-01"),
    ],
)
def test_end_of_life_is_counted_from_the_day_of_publication(duration: str, published: str, end: str) -> None:
    of_image = {"defaults": {"endOfLifeAfter": duration}}
    version = one_version({"publishedOn": published}, of_image=of_image)
    assert version.inputs["publishingProfile"]["endOfLifeDate"] == end


def test_an_end_of_life_of_its_own_wins() -> None:
    of_image = {"defaults": {"endOfLifeAfter": "P1Y"}}
    version = one_version({"publishedOn": "2026-01-01", "endOfLifeDate": "2030-01-01"}, of_image=of_image)
    assert version.inputs["publishingProfile"]["endOfLifeDate"] == "2030-01-01"
    undated = one_version({"endOfLifeDate": "2030-01-01"}, of_image=of_image)
    assert undated.inputs["publishingProfile"]["endOfLifeDate"] == "2030-01-01"


def test_what_others_publish_has_an_end_of_life_only_if_the_catalog_can_tell() -> None:
    of_image = {"defaults": {"endOfLifeAfter": "P1Y"}}
    unknown = one_version({"publishedBy": "external"}, of_image=of_image)
    assert "endOfLifeDate" not in unknown.inputs["publishingProfile"]


def test_all_that_is_wrong_with_dates_is_told_at_once() -> None:
    versions = {
        "1.0.0": {},
        "1.1.0": {"publishedOn": "16.10.2026"},
        "1.2.0": {"publishedOn": "2026-02-30"},
        "1.3.0": {"publishedOn": "9999-01-01"},
        "1.4.0": {"publishedOn": "20261016", "endOfLifeDate": "2030-01-01"},
        "1.5.0": {"publishedOn": "2026-10-16"},
    }
    document = {"galleries": {"corp": gallery({"u": image(versions, defaults={"endOfLifeAfter": "P5Y"})})}}
    at = "galleries.corp.images.u.versions"
    assert problems(document) == [
        f"{at}.1.0.0: corp/u/1.0.0 inherits endOfLifeAfter: P5Y, and has no publishedOn to count from",
        f"{at}.1.1.0.publishedOn: '16.10.2026' is not a day",
        f"{at}.1.2.0.publishedOn: '2026-02-30' is not a day",
        f"{at}.1.3.0.publishedOn: endOfLifeAfter: P5Y leads corp/u/1.3.0 beyond the year 9999",
        f"{at}.1.4.0.publishedOn: '20261016' is not a day",
    ]
