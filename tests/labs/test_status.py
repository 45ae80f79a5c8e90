"""`acg labs status`: whether what a catalog declares of labs is so, image by image."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from acg.labs.status import Code
from tests.labs.university import ACCOUNT, CATALOG, GALLERY, PLAN, University, image, lab, version

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/labs-status.schema.json").read_text())
SUBSCRIPTION = PLAN.split("/")[2]
OLD = {"resourceGroup": "rg-labs", "location": "westeurope", "subscription": SUBSCRIPTION, "gallery": "teaching"}


def status(uni: University) -> Any:
    """The first plan's status, of a form that the schema knows, with the exit code that it must have."""
    before = uni.writes()
    done = uni.acg("status", str(uni.catalog), "--format", "json", *uni.azure())
    found = json.loads(done.out)
    jsonschema.validate(found, SCHEMA)
    findings = [one["code"] for plan in found["plans"] for one in plan["findings"]]
    assert (done.code, found["asDeclared"]) == (int(bool(findings)), not findings)
    assert uni.writes() == before
    return found["plans"][0]


def images(uni: University) -> dict[str, Any]:
    return {one["image"]: one for one in status(uni)["images"]}


def codes(uni: University) -> list[str]:
    return [one["code"] for one in status(uni)["findings"]]


@pytest.fixture
def enabled(uni: University) -> University:
    """A university where both images are offered, as declared."""
    assert uni.apply("--yes").code == 0
    return uni


# -- images ------------------------------------------------------------------------------------------------------------

LISTED = {
    "a disk of 127 GB": ([version("more", size=127)], True, None),
    "exactly 128 GB": ([version("more", size=128)], True, None),
    "129 GB": ([version("more", size=129)], False, "its OS disk has 129 GB, and labs list up to 128"),
    "a data disk": ([version("more", data=1)], False, "1.0.0 has a data disk"),
    "two data disks": ([version("more", data=2)], False, "1.0.0 has 2 data disks"),
    "no replica": (
        [version("more", regions=("North Europe",))],
        False,
        "1.0.0 has no replica in West Europe, the plan's region",
    ),
    "no version": ([], False, "it has no version"),
    "the highest decides": ([version("more", "1.9.0"), version("more", "1.10.0", size=256)], False, "256 GB"),
}


@pytest.mark.parametrize("case", LISTED)
def test_what_labs_list_and_why_not(uni: University, case: str) -> None:
    resources, listed, why = LISTED[case]
    uni.add(image("more"), *resources)
    found = images(uni)["more"]
    assert found["listed"] is listed
    assert (why or "") in "; ".join(found["whyNot"])
    assert bool(found["whyNot"]) is not listed


@pytest.mark.parametrize("state", ["Specialized", "Generalized"])
def test_labs_list_both_states_of_an_operating_system(uni: University, state: str) -> None:
    uni.add(image("more", state=state), version("more"))
    assert images(uni)["more"]["listed"]


def test_labs_take_the_highest_finished_version(uni: University) -> None:
    uni.add(version("statistics", "1.10.0"), version("statistics", "1.9.0"), version("statistics", "2.0.0"))
    uni.change(f"{GALLERY}/images/statistics/versions/2.0.0", provisioningState="Failed")
    assert images(uni)["statistics"]["taken"] == "1.10.0"
    assert "2.0.0 is Failed" in uni.status().out


def test_labs_are_counted_by_the_image_that_they_were_made_from(uni: University) -> None:
    other = lab("elsewhere", plan=PLAN.replace("lp-computing", "lp-other"))
    uni.add(lab("stats-102"), other)
    assert {name: one["labs"] for name, one in images(uni).items()} == {"linux-intro": 0, "statistics": 2}


def test_what_somebody_else_saved_is_shown_with_the_entries_that_name_it(uni: University) -> None:
    uni.add(image("term-end"), version("term-end"), version("statistics", "1.1.0"))
    found = images(uni)
    assert (found["term-end"]["declared"], found["statistics"]["undeclaredVersions"]) == (False, ["1.1.0"])
    pasted = yaml.safe_load(uni.status().out.split("To name it there:\n")[1].split("\n\n")[0])
    new = pasted["galleries"]["teaching"]["images"]
    assert new["term-end"]["existing"] is True
    assert new["statistics"]["versions"]["1.1.0"]["publishedBy"] == "external"


def test_a_gallery_given_by_its_id_is_named_whole(uni: University) -> None:
    plan = CATALOG["labPlans"]["lp-computing"] | {"gallery": GALLERY}
    uni.declare({"labPlans": {"lp-computing": plan}})
    new = status(uni)["undeclared"]["galleries"]["teaching"]
    assert (new["existing"], new["resourceGroup"], set(new["images"])) == (
        True,
        "rg-labs",
        {"linux-intro", "statistics"},
    )


# -- what is not as declared -------------------------------------------------------------------------------------------


def test_what_is_as_declared_ends_with_0(enabled: University) -> None:
    assert codes(enabled) == []
    assert "attached, as declared" in enabled.status().out


def test_an_image_that_nobody_enabled(uni: University) -> None:
    assert codes(uni) == [Code.IMAGE_NOT_ENABLED] * 2


def test_an_offered_image_that_left_the_list(enabled: University) -> None:
    enabled.add(version("statistics", "2.0.0", size=256))
    assert codes(enabled) == [Code.IMAGE_NOT_LISTED]


def test_an_image_that_is_enabled_and_not_offered(enabled: University) -> None:
    plan = CATALOG["labPlans"]["lp-computing"] | {"images": ["statistics"]}
    enabled.declare(CATALOG | {"labPlans": {"lp-computing": plan}})
    assert codes(enabled) == [Code.IMAGE_ENABLED]


def test_an_offered_image_that_the_gallery_lacks(enabled: University) -> None:
    enabled.delete(f"{GALLERY}/images/linux-intro/versions/1.0.0")
    enabled.delete(f"{GALLERY}/images/linux-intro")
    assert codes(enabled) == [Code.IMAGE_MISSING]


@pytest.mark.parametrize("attached", [None, GALLERY.replace("teaching", "other")])
def test_another_gallery_or_none(enabled: University, attached: str | None) -> None:
    enabled.add({"id": GALLERY.replace("teaching", "other"), "location": "westeurope"})
    enabled.change(PLAN, sharedGalleryId=attached)
    assert codes(enabled) == [Code.GALLERY_DIFFERS]


def test_a_plan_that_azure_lacks(enabled: University) -> None:
    enabled.delete(PLAN)
    assert codes(enabled) == [Code.PLAN_MISSING]


def test_plans_that_share_a_gallery_are_read_with_one_look_at_it(uni: University) -> None:
    uni.add(
        {
            "id": PLAN.replace("lp-computing", "lp-art"),
            "location": "westeurope",
            "properties": {"sharedGalleryId": GALLERY},
        }
    )
    plan = CATALOG["labPlans"]["lp-computing"]
    uni.declare(CATALOG | {"labPlans": {"lp-computing": plan, "lp-art": plan | {"images": []}}})
    assert len(uni.json()["plans"]) == 2
    log = uni.client.get("/sandbox/log").json()["value"]
    assert sum(one["path"].endswith("/galleries/teaching/images") for one in log) == 1


# -- what is not known -------------------------------------------------------------------------------------------------


def forbid(uni: University, path: str) -> None:
    uni.strike(fault="error", status=403, code="AuthorizationFailed", method="GET", path=path, times=0)


def test_a_gallery_that_may_not_be_read_is_not_an_empty_one(enabled: University) -> None:
    forbid(enabled, "/galleries/teaching/")
    found = status(enabled)
    assert found["findings"] == []  # what the plan lists is known, and as declared
    assert [(one["image"], one["taken"]) for one in found["images"]] == [("linux-intro", None), ("statistics", None)]
    assert "needs the role Reader" in found["unknown"][0]
    assert found["undeclared"] is None


def test_labs_that_may_not_be_read_are_not_none(enabled: University) -> None:
    forbid(enabled, "/labs$")
    found = status(enabled)
    assert {one["labs"] for one in found["images"]} == {None}
    assert "Which labs there are was refused (403 AuthorizationFailed)" in found["unknown"][0]


# -- accounts ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def legacy(uni: University) -> University:
    """A university with a lab account that has the gallery attached."""
    uni.add(
        {"id": ACCOUNT, "location": "westeurope"},
        {"id": f"{ACCOUNT}/sharedgalleries/teaching", "properties": {"galleryId": GALLERY}},
    )
    uni.declare({"galleries": CATALOG["galleries"], "labAccounts": {"legacy": OLD | {"images": ["statistics"]}}})
    return uni


def test_an_account_shows_what_a_teacher_exported_and_where_it_is(legacy: University) -> None:
    body = {"account": ACCOUNT, "image": "statistics", "sizeInGB": 64}
    assert legacy.client.post("/sandbox/labs/save", json=body).status_code == 201
    found = images(legacy)["statistics"]
    assert (found["taken"], found["regions"], found["lackingRegions"]) == ("1.0.1", ["westeurope", "northeurope"], [])
    assert (found["listed"], found["enabled"], found["undeclaredVersions"]) == (True, True, ["1.0.1"])


def test_an_account_lacks_regions_of_its_geography_that_nobody_copied_to(legacy: University) -> None:
    assert images(legacy)["statistics"]["lackingRegions"] == ["North Europe"]
    assert codes(legacy) == []
    assert "no replica in North Europe" in legacy.status().out


def test_an_account_lists_no_image_from_another_geography(legacy: University) -> None:
    legacy.add(image("far"), version("far", regions=("East US",)))
    found = images(legacy)["far"]
    assert (found["listed"], found["whyNot"]) == (False, ["1.0.0 has no replica in the account's geography"])


def test_an_account_with_another_gallery(legacy: University) -> None:
    legacy.declare({"galleries": CATALOG["galleries"], "labAccounts": {"legacy": OLD | {"gallery": "archive"}}})
    catalog = yaml.safe_load(legacy.catalog.read_text())
    catalog["galleries"]["archive"]["subscription"] = SUBSCRIPTION
    legacy.declare(catalog)
    assert codes(legacy) == [Code.GALLERY_DIFFERS]


def test_an_account_that_azure_lacks(legacy: University) -> None:
    legacy.delete(ACCOUNT)
    assert codes(legacy) == [Code.PLAN_MISSING]


# -- what others wrote -------------------------------------------------------------------------------------------------


def test_what_azure_says_is_shown_and_never_obeyed(enabled: University) -> None:
    enabled.add(version("statistics", "2.0.0"))
    hostile = "##vso[task.complete]\x1b[31m"
    enabled.change(f"{GALLERY}/images/statistics/versions/2.0.0", provisioningState=hostile)
    text = enabled.status().out
    assert "\x1b" not in text
    assert "##vso[" not in text
    assert "task.complete" in text
