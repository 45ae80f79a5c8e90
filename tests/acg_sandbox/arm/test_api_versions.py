"""What an api-version knows, allows and takes for granted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acg_sandbox.arm.protocol.surface import Node
from acg_sandbox.arm.providers.gallery.limits import API_VERSIONS
from acg_sandbox.arm.providers.gallery.models import SURFACES
from tests.acg_sandbox.arm.conftest import GALLERY, IMAGE, MANAGED_IMAGE, VERSION, Arm, definition, version

FIRST = API_VERSIONS[:2]


def first_form(source: str | None = MANAGED_IMAGE) -> dict[str, Any]:
    """A version as the first two api-versions write it."""
    profile: dict[str, Any] = {"targetRegions": [{"name": "westeurope"}]}
    if source:
        profile["source"] = {"managedImage": {"id": source}}
    return {"location": "westeurope", "properties": {"publishingProfile": profile}}


@pytest.mark.parametrize("api", FIRST)
def test_the_first_versions_show_what_is_there(arm: Arm, api: str) -> None:
    """The newest Ansible modules read with them."""
    arm.published()
    assert "hyperVGeneration" not in arm.get(IMAGE, api=api)["properties"]
    for path in (f"{IMAGE}/versions", f"{GALLERY}/images"):
        assert len(arm.get(path, api=api)["value"]) == 1
    profile = arm.get(VERSION, api=api)["properties"]["publishingProfile"]
    assert (profile["replicaCount"], profile["source"]) == (1, {"managedImage": {"id": MANAGED_IMAGE}})
    arm.put(GALLERY, {"location": "westeurope", "tags": {"a": "b"}}, api=api)


@pytest.mark.parametrize("api", FIRST)
def test_the_first_versions_name_a_source_in_the_publishing_profile(arm: Arm, api: str) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    arm.put(VERSION, first_form(), api=api)
    arm.put(VERSION, first_form() | {"tags": {"a": "b"}}, api=api)
    shown = arm.get(VERSION, api=api)["properties"]
    assert shown["publishingProfile"]["source"] == {"managedImage": {"id": MANAGED_IMAGE}}
    assert shown["storageProfile"]["osDiskImage"] == {"sizeInGB": 30, "hostCaching": "ReadWrite"}
    assert arm.get(VERSION)["properties"]["storageProfile"]["source"] == {"id": MANAGED_IMAGE}
    assert arm.get(VERSION)["tags"] == {"a": "b"}


@pytest.mark.parametrize("api", FIRST)
@pytest.mark.parametrize("body", [first_form(None), version()], ids=["no source", "of a newer api-version"])
def test_the_first_versions_need_a_source_there(arm: Arm, api: str, body: dict[str, Any]) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    status, code, text = arm.refused("PUT", VERSION, body, api=api)
    assert (status, code) == (400, "InvalidParameter")
    assert "galleryImageVersion.properties.publishingProfile.source" in text


@pytest.mark.parametrize("api", API_VERSIONS[2:])
def test_every_version_serves_a_whole_life(arm: Arm, api: str) -> None:
    arm.gallery()
    arm.definition(api=api)
    arm.golden()
    arm.put(VERSION, version(), api=api)
    assert arm.get(VERSION, api=api)["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] == 30
    for path in (VERSION, IMAGE, GALLERY):
        assert arm.ask("DELETE", path, api=api).status_code == 202


@pytest.mark.parametrize(("api", "knows"), [("2021-10-01", False), ("2022-03-03", True)])
def test_an_answer_holds_what_the_version_knows(arm: Arm, api: str, knows: bool) -> None:
    arm.published()
    assert ("safetyProfile" in arm.get(VERSION, api=api)["properties"]) is knows


@pytest.mark.parametrize(
    ("api", "generation", "security"),
    [("2024-03-03", "V1", None), ("2025-03-03", "V2", "TrustedLaunchSupported")],
)
def test_the_default_flips(arm: Arm, api: str, generation: str, security: str | None) -> None:
    arm.gallery()
    arm.put(IMAGE, definition(hyperVGeneration=None), api=api)
    body = arm.get(IMAGE, api=api)["properties"]
    assert body["hyperVGeneration"] == generation
    features = {feature["name"]: feature["value"] for feature in body.get("features", [])}
    assert features.get("SecurityType") == security


@pytest.mark.parametrize(
    ("properties", "security"),
    [
        ({"hyperVGeneration": "V1"}, None),
        ({"hyperVGeneration": None, "features": [{"name": "SecurityType", "value": "Standard"}]}, "Standard"),
        (
            {"hyperVGeneration": "V2", "features": [{"name": "IsHibernateSupported", "value": "True"}]},
            "TrustedLaunchSupported",
        ),
    ],
)
def test_the_new_default_gives_way(arm: Arm, properties: dict[str, object], security: str | None) -> None:
    arm.gallery()
    arm.put(IMAGE, definition(**properties), api="2025-03-03")
    listed = arm.get(IMAGE)["properties"].get("features", [])
    assert {f["name"]: f["value"] for f in listed}.get("SecurityType") == security


def test_a_strategy_chooses_by_zones(arm: Arm) -> None:
    arm.gallery()
    arm.definition()
    arm.golden()
    profile = {"storageAccountStrategy": "PreferStandard_ZRS"}
    arm.put(VERSION, version(arm.golden(), "westeurope", "westus", publishingProfile=profile), api="2025-03-03")
    publishing = arm.get(VERSION, api="2025-03-03")["properties"]["publishingProfile"]
    assert [one["storageAccountType"] for one in publishing["targetRegions"]] == ["Standard_ZRS", "Standard_LRS"]
    assert "storageAccountType" not in publishing


def test_read_only_members_of_a_request_are_ignored(arm: Arm) -> None:
    arm.published()
    body = arm.get(VERSION)
    body["properties"]["publishingProfile"]["publishedDate"] = "2000-01-01T00:00:00+00:00"
    body["properties"]["storageProfile"]["osDiskImage"]["sizeInGB"] = 1
    arm.put(VERSION, body)
    after = arm.get(VERSION)["properties"]
    assert after["storageProfile"]["osDiskImage"]["sizeInGB"] == 30
    assert not after["publishingProfile"]["publishedDate"].startswith("2000")


def values(node: Node) -> st.SearchStrategy[object]:
    """Any value of a property."""
    scalars: dict[str, st.SearchStrategy[object]] = {
        "str": st.text(max_size=5),
        "int": st.integers(0, 100),
        "bool": st.booleans(),
        "date": st.just("2030-01-01T00:00:00Z"),
        "map": st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
        "strings": st.lists(st.text(max_size=3), max_size=2),
        "any": st.none() | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    }
    if node.kind == "enum":
        return st.sampled_from(node.values)
    if node.kind == "object":
        return members(node)
    if node.kind == "list":
        return st.lists(members(node), max_size=2)
    return scalars[node.kind]


def members(node: Node) -> st.SearchStrategy[dict[str, object]]:
    required = {name: values(child) for name, child in node.children.items() if child.required}
    optional = {name: values(child) for name, child in node.children.items() if not child.required}
    return st.fixed_dictionaries(required, optional=optional)


@pytest.mark.parametrize("name", sorted(set(SURFACES) - {"share"}))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_is_accepted_is_shown_again(name: str, data: st.DataObject) -> None:
    """Whatever a body holds, the newest version stores it once and answers the same from then on."""
    surface = SURFACES[name]
    body = data.draw(members(surface.root))
    accepted = surface.accept(body, API_VERSIONS[-1])
    assert surface.show(accepted, API_VERSIONS[-1]) == {k: v for k, v in accepted.items() if k in surface.root.children}
    assert surface.accept(accepted, API_VERSIONS[-1]) == accepted
