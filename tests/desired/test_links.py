"""Versions that are made from other versions, and the order that follows."""

import json
from pathlib import Path
from typing import Any

import pytest

from acg.catalog.models import Catalog
from acg.catalog.placeholder import Placeholder
from acg.catalog.reader import read_catalog
from acg.desired import Derived, lower
from acg.errors import CatalogError
from tests.desired.documents import MANAGED_IMAGE, gallery, image, problems, resources

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"


def from_version(version: Any) -> dict[str, Any]:
    return {"source": {"version": version}}


def two_galleries(base: dict[str, Any], source: Any) -> dict[str, Any]:
    return {"galleries": {"apps": gallery({"web": image({"1.0.0": from_version(source)})}), "base": base}}


def test_an_address_becomes_the_other_version_s_id() -> None:
    found = resources(two_galleries(gallery({"os": image({"2.0.0": {}})}), "base/os/2.0.0"))
    version = found["apps/web/1.0.0"]
    assert version.inputs["storageProfile"]["source"] == {"id": Derived("base/os/2.0.0")}
    assert version.depends_on == ("base/os/2.0.0",)
    order = list(found)
    assert order.index("base/os/2.0.0") < order.index("apps/web/1.0.0")


VERSION_PATH = "/resourceGroups/rg/providers/Microsoft.Compute/galleries/base/images/os/versions/2.0.0"


@pytest.mark.parametrize(
    ("base", "source"),
    [
        # (the gallery that the source is in, what the source becomes)
        (
            gallery({"os": image({"2.0.0": {"publishedBy": "external"}})}),
            Derived("base/os", "{id}/versions/2.0.0"),
        ),
        (
            gallery({"os": {"existing": True, "versions": {"2.0.0": {"publishedBy": "external"}}}}),
            Derived("base", "{id}/images/os/versions/2.0.0"),
        ),
        (
            gallery(
                {"os": {"existing": True, "versions": {"2.0.0": {"publishedBy": "external"}}}},
                existing=True,
                subscription=OTHER,
            ),
            f"/subscriptions/{OTHER}{VERSION_PATH}",
        ),
        (
            gallery({"os": {"existing": True, "versions": {"2.0.0": {"publishedBy": "external"}}}}, existing=True),
            Derived("apps/web", f"/subscriptions/{{subscription}}{VERSION_PATH}"),
        ),
    ],
)
def test_the_id_of_a_version_that_is_not_managed_is_put_together(base: Any, source: Any) -> None:
    version = resources(two_galleries(base, "base/os/2.0.0"))["apps/web/1.0.0"]
    assert version.inputs["storageProfile"]["source"]["id"] == source


def test_an_id_that_cannot_be_put_together_is_refused() -> None:
    base = gallery(
        {"os": {"existing": True, "versions": {"2.0.0": {"publishedBy": "external"}}}},
        existing=True,
        subscription=Placeholder(1),
    )
    assert problems(two_galleries(base, "base/os/2.0.0")) == [
        "galleries.apps.images.web.versions.1.0.0.source.version: "
        "the subscription of base/os/2.0.0 is not known here, so its id cannot be put together"
    ]


@pytest.mark.parametrize(
    ("declared", "referred", "depends"),
    [
        (None, SUBSCRIPTION, True),
        (SUBSCRIPTION, SUBSCRIPTION, True),
        (SUBSCRIPTION.upper(), SUBSCRIPTION, True),
        (OTHER, SUBSCRIPTION, False),
    ],
)
def test_the_id_of_a_declared_version_gives_an_order(declared: str | None, referred: str, depends: bool) -> None:
    source = f"/subscriptions/{referred}{VERSION_PATH.upper()}"
    base = gallery({"os": image({"2.0.0": {}})}, **({"subscription": declared} if declared else {}))
    found = resources(two_galleries(base, source))
    version = found["apps/web/1.0.0"]
    assert version.inputs["storageProfile"]["source"]["id"] == source, "as written, so it is known in preview"
    assert version.depends_on == (("base/os/2.0.0",) if depends else ())
    if depends:
        assert list(found).index("base/os/2.0.0") < list(found).index("apps/web/1.0.0")


@pytest.mark.parametrize("source", ["/nonsense", "/subscriptions/x", MANAGED_IMAGE, Placeholder(1)])
def test_other_sources_are_left_as_they_are(source: Any) -> None:
    version = resources(two_galleries(gallery(), source))["apps/web/1.0.0"]
    assert version.inputs["storageProfile"]["source"]["id"] == source
    assert version.depends_on == ()


@pytest.mark.parametrize(
    ("address", "fix"),
    [
        ("base/os/2.0.1", "Did you mean base/os/2.0.0?"),
        ("bose/os/2.0.0", "Did you mean base/os/2.0.0?"),
        ("nothing", "Declare that version, or give the id of another."),
        ("base/os", "Did you mean base/os/2.0.0?"),
    ],
)
def test_an_address_that_leads_nowhere(address: str, fix: str) -> None:
    document = two_galleries(gallery({"os": image({"2.0.0": {}})}), address)
    (problem,) = lower(Catalog.model_validate(document)).problems
    assert problem.message == f"{address!r} names no version of this catalog"
    assert problem.fix == fix


def test_a_version_whose_definition_has_problems_of_its_own_is_declared(tmp_path: Path) -> None:
    document = two_galleries(gallery({"os": image({"2.0.0": {}}, osTyp="Linux")}), "base/os/2.0.0")
    del document["galleries"]["base"]["images"]["os"]["osType"]
    file = tmp_path / "catalog.json"
    file.write_text(json.dumps(document))

    reading = read_catalog(file)
    lowered = lower(reading)

    assert [problem.code for problem in reading.problems] == ["ACG005"]
    assert lowered.problems == ()
    assert "base/os/2.0.0" not in {resource.name for resource in lowered.resources}
    [version] = [resource for resource in lowered.resources if resource.name == "apps/web/1.0.0"]
    assert isinstance(version.inputs["storageProfile"]["source"]["id"], Placeholder)


def test_versions_from_one_managed_image_wait_for_each_other() -> None:
    source = {"source": {"managedImage": MANAGED_IMAGE}}
    shouted = {"source": {"managedImage": MANAGED_IMAGE.upper()}}
    external = {"publishedBy": "external", **source}
    found = resources(
        {
            "galleries": {
                "a": gallery({"u": image({"1.0.0": source, "1.1.0": external, "1.2.0": shouted})}),
                "b": gallery({"u": image({"1.0.0": source, "2.0.0": {"source": {"managedImage": "/other"}}})}),
            }
        }
    )
    assert {name: one.depends_on for name, one in found.items() if one.depends_on} == {
        "a/u/1.2.0": ("a/u/1.0.0",),
        "b/u/1.0.0": ("a/u/1.2.0",),
    }


def test_a_circle_is_refused_and_drawn() -> None:
    versions = {
        "1.0.0": from_version("corp/u/1.1.0"),
        "1.1.0": from_version("corp/u/1.2.0"),
        "1.2.0": from_version("corp/u/1.0.0"),
        "2.0.0": from_version("corp/u/2.0.0"),
        "3.0.0": from_version("corp/u/1.0.0"),
    }
    document = {"galleries": {"corp": gallery({"u": image(versions)}, lock="ReadOnly")}}
    assert problems(document) == [
        "galleries.corp.images.u.versions.1.0.0.source: "
        "corp/u/1.0.0 is made from itself: corp/u/1.0.0 <- corp/u/1.1.0 <- corp/u/1.2.0 <- corp/u/1.0.0",
        "galleries.corp.images.u.versions.2.0.0.source: corp/u/2.0.0 is made from itself: corp/u/2.0.0 <- corp/u/2.0.0",
    ]
    with pytest.raises(CatalogError):
        lower(Catalog.model_validate(document)).usable()


def test_order_holds_for_a_chain_of_any_length() -> None:
    length = 2_000
    versions = {f"1.0.{n}": from_version(f"corp/u/1.0.{n + 1}") for n in range(length)} | {f"1.0.{length}": {}}
    found = list(resources({"galleries": {"corp": gallery({"u": image(versions)})}}))
    assert found[2:] == [f"corp/u/1.0.{n}" for n in range(length, -1, -1)]
