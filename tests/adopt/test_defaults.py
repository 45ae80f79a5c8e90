"""What resources have in common goes up into defaults, and nothing is said that a default says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.adopt.build import adopt
from acg.azure import kinds
from acg.desired.resource import Resource
from acg.plan.classify.effective import effective_regions
from tests.adopt.existing import lowered_text

GROUP = "/subscriptions/aaaaaaaa-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Compute"
Json = dict[str, Any]


def regions(*listed: str | Json) -> list[Json]:
    return [one if isinstance(one, dict) else {"name": one} for one in listed]


def estate(versions: dict[str, dict[str, Json]], tags: dict[str, Json] | None = None) -> list[Resource]:
    """Resources of one gallery: publishing profiles by definition and number, and tags by name."""

    def made(token: str, names: tuple[str, ...], **inputs: Any) -> Resource:
        row = kinds.KINDS[token]
        id_ = GROUP + row.segments(names)
        named = dict(zip(row.name_inputs, names, strict=True))
        own = (tags or {}).get("/".join(names))
        parent = id_.rsplit("/", 2)[0] if len(names) > 1 else None
        everything = {"resourceGroupName": "rg", "location": "westeurope", **named, **inputs}
        return Resource(token, id_, {**everything, **({"tags": own} if own else {})}, parent=parent, id=id_)

    found = [made(kinds.GALLERY, ("corp",))]
    for image, profiles in versions.items():
        fixed = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2"}
        identifier = {"publisher": "p", "offer": "o", "sku": image}
        found.append(made(kinds.IMAGE, ("corp", image), identifier=identifier, **fixed))
        for number, profile in profiles.items():
            storage = {"source": {"id": f"{GROUP}/images/one"}}
            found.append(
                made(kinds.VERSION, ("corp", image, number), storageProfile=storage, publishingProfile=profile)
            )
    return found


def said(document: Json, image: str, number: str) -> Json:
    form = document["galleries"]["corp"]["images"][image]["versions"][number]
    return {key: value for key, value in form.items() if key != "source"}


TWO = {"targetRegions": regions("westeurope", "northeurope")}
ONE = {"targetRegions": regions("westeurope")}


@pytest.mark.parametrize(
    ("profiles", "top", "others"),
    [
        pytest.param({"1.0.0": TWO}, None, {"1.0.0": {"targetRegions": ["westeurope", "northeurope"]}}, id="alone"),
        pytest.param(
            {"1.0.0": TWO, "1.1.0": TWO, "1.2.0": ONE},
            {"targetRegions": ["westeurope", "northeurope"]},
            {"1.0.0": {}, "1.2.0": {"targetRegions": ["westeurope"]}},
            id="most",
        ),
        pytest.param({"1.0.0": TWO, "1.1.0": ONE}, None, {"1.1.0": {"targetRegions": ["westeurope"]}}, id="nothing"),
        pytest.param(
            {"1.0.0": {**TWO, "replicaCount": 3}, "1.1.0": {**TWO, "replicaCount": 3}, "1.2.0": TWO},
            {"targetRegions": ["westeurope", "northeurope"], "replicaCount": 3},
            {"1.0.0": {}, "1.2.0": {"replicaCount": 1}},
            id="a count that the default does not have",
        ),
        pytest.param(
            {
                number: {"targetRegions": regions({"name": "westeurope", "regionalReplicaCount": 4}), **more}
                for number, more in (("1.0.0", {}), ("1.1.0", {}), ("1.2.0", {"replicaCount": 2}))
            },
            {"targetRegions": [{"name": "westeurope", "regionalReplicaCount": 4}]},
            {
                "1.0.0": {},
                "1.2.0": {"targetRegions": [{"name": "westeurope", "regionalReplicaCount": 4}], "replicaCount": 2},
            },
            id="a count of its own outweighs those of inherited regions",
        ),
        pytest.param(
            {
                number: {
                    "targetRegions": regions({"name": "westeurope", "excludeFromLatest": False}, "northeurope"),
                    "excludeFromLatest": True,
                }
                for number in ("1.0.0", "1.1.0")
            },
            {"targetRegions": [{"name": "westeurope", "excludeFromLatest": False}, "northeurope"]},
            {
                "1.1.0": {
                    "targetRegions": [{"name": "westeurope", "excludeFromLatest": False}, "northeurope"],
                    "excludeFromLatest": True,
                },
            },
            id="and so does an exclusion of its own",
        ),
    ],
)
def test_where_versions_go(profiles: dict[str, Json], top: Json | None, others: dict[str, Json]) -> None:
    document = adopt(estate({"web": profiles})).document
    assert document.get("defaults") == top
    assert {number: said(document, "web", number) for number in others} == others


def test_each_level_has_its_own_default() -> None:
    images = {
        "a": {"1.0.0": TWO, "1.1.0": TWO, "1.2.0": TWO},
        "b": {"1.0.0": ONE, "1.1.0": ONE},
    }
    document = adopt(estate(images)).document
    assert document["defaults"] == {"targetRegions": ["westeurope", "northeurope"]}
    assert document["galleries"]["corp"]["images"]["b"]["defaults"] == {"targetRegions": ["westeurope"]}
    assert said(document, "b", "1.0.0") == {}


def test_tags_go_up_only_where_everything_below_has_them() -> None:
    tags = {
        "corp": {"owner": "us"},
        "corp/web": {"owner": "us", "kind": "base"},
        "corp/web/1.0.0": {"owner": "us", "kind": "base", "build": "1"},
        "corp/web/1.1.0": {"owner": "us", "kind": "base", "build": "2"},
        "corp/app": {"owner": "us"},
    }
    document = adopt(estate({"web": {"1.0.0": ONE, "1.1.0": ONE}, "app": {}}, tags)).document
    assert document["defaults"]["tags"] == {"owner": "us"}
    assert "tags" not in document["galleries"]["corp"]
    assert document["galleries"]["corp"]["images"]["web"]["tags"] == {"kind": "base"}
    assert document["galleries"]["corp"]["images"]["web"]["defaults"] == {"tags": {"kind": "base"}}
    assert said(document, "web", "1.0.0")["tags"] == {"build": "1"}


COUNTS = st.sampled_from([None, 1, 2, 3])
STORAGE = st.sampled_from([None, "Standard_LRS", "Standard_ZRS", "Premium_LRS"])
FLAGS = st.sampled_from([None, True, False])
TAGS = st.dictionaries(st.sampled_from(["a", "b", "c: #", "on"]), st.sampled_from(["1", "yes", "x"]), max_size=3)


def without_none(value: Json) -> Json:
    return {key: one for key, one in value.items() if one is not None}


@st.composite
def profiles(draw: st.DrawFn) -> Json:
    names = draw(st.lists(st.sampled_from(["westeurope", "North Europe", "eastus"]), unique=True, min_size=1))
    listed = [
        without_none(
            {
                "name": name,
                "regionalReplicaCount": draw(COUNTS),
                "storageAccountType": draw(STORAGE),
                "excludeFromLatest": draw(FLAGS),
            }
        )
        for name in names
    ]
    general = {"replicaCount": draw(COUNTS), "storageAccountType": draw(STORAGE), "excludeFromLatest": draw(FLAGS)}
    return without_none({"targetRegions": listed, **general})


@st.composite
def estates(draw: st.DrawFn) -> list[Resource]:
    shared = draw(st.lists(profiles(), min_size=1, max_size=2))
    profile = st.one_of(st.sampled_from(shared), profiles())
    numbers = ["1.0.0", "1.1.0", "2.0.0", "10.0.0"]
    images = draw(st.dictionaries(st.sampled_from(["web", "app"]), st.dictionaries(st.sampled_from(numbers), profile)))
    names = ["corp", *(f"corp/{image}" for image in images)]
    names += [f"corp/{image}/{number}" for image, versions in images.items() for number in versions]
    return estate(images, {name: draw(TAGS) for name in names})


@given(estates())
def test_whatever_is_in_common_every_resource_comes_back(resources: list[Resource]) -> None:
    found = adopt(resources)
    assert found.left_out == ()
    back = {one.name: one for one in lowered_text(found.document).resources}
    for name, exists in found.managed.items():
        assert back[name].inputs.get("tags", {}) == exists.inputs.get("tags", {})
        if exists.type == kinds.VERSION:
            assert effective_regions(back[name].inputs) == effective_regions(exists.inputs)
            wanted = [
                one["name"].replace(" ", "").lower() for one in exists.inputs["publishingProfile"]["targetRegions"]
            ]
            assert [one["name"] for one in back[name].inputs["publishingProfile"]["targetRegions"]] == wanted
