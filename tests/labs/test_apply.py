"""`acg labs apply`: what a catalog offers is enabled, the gallery's other images are not, and no more is changed."""

from __future__ import annotations

from typing import Any

import pytest

from acg_sandbox.arm.providers.labs import images
from tests.labs.university import ACCOUNT, CATALOG, GALLERIES, GALLERY, PLAN, University, image, version

SUBSCRIPTION = PLAN.split("/")[2]
PATCHES = "PATCH Microsoft.LabServices/labPlans/lp-computing/images/"


def offer(uni: University, *names: str, **more: Any) -> None:
    plan = CATALOG["labPlans"]["lp-computing"] | {"images": list(names)} | more
    uni.declare(CATALOG | {"labPlans": {"lp-computing": plan}})


def test_without_yes_it_only_says_what_it_would_do(uni: University) -> None:
    done = uni.apply()
    assert (done.code, uni.writes(), uni.enabled()) == (0, [], [])
    assert "enable  statistics" in done.out
    assert "add --yes" in done.out


def test_it_enables_what_is_offered_and_a_second_run_writes_nothing(uni: University) -> None:
    assert uni.apply("--yes").code == 0
    first = uni.writes()
    assert (uni.enabled(), sorted(first)) == (
        ["linux-intro", "statistics"],
        [f"{PATCHES}linux-intro", f"{PATCHES}statistics"],
    )
    assert "nothing to change" in uni.apply("--yes").out
    assert uni.writes() == first
    assert uni.status().code == 0


def test_it_disables_what_is_offered_no_more(uni: University) -> None:
    uni.apply("--yes")
    offer(uni, "statistics")
    assert "disabled linux-intro" in uni.apply("--yes").out
    assert uni.enabled() == ["statistics"]


def test_images_of_the_marketplace_stay_as_they_are(uni: University) -> None:
    marketplace = next(one for one in uni.get(f"{PLAN}/images")["value"] if "sharedGalleryId" not in one["properties"])
    path = f"{PLAN}/images/{marketplace['name']}"
    body = {"properties": {"enabledState": "Enabled"}}
    uni.client.patch(path, params={"api-version": "2023-06-07"}, json=body)
    uni.apply("--yes")
    assert marketplace["name"] in uni.enabled()
    assert [one for one in uni.writes() if marketplace["name"] in one] == [f"{PATCHES}{marketplace['name']}"]


def test_an_image_that_is_not_listed_yet_is_enabled_by_a_later_run(uni: University) -> None:
    uni.add(image("more"))
    plan = CATALOG["labPlans"]["lp-computing"] | {"images": ["more"]}
    uni.declare(CATALOG | {"labPlans": {"lp-computing": plan}})
    done = uni.apply("--yes")
    assert (done.code, uni.enabled()) == (0, [])
    assert "more is not listed yet: it has no version" in done.out
    uni.add(version("more"))
    uni.apply("--yes")
    assert uni.enabled() == ["more"]


def test_a_catalog_that_offers_no_image_says_so(uni: University) -> None:
    uni.apply("--yes")
    offer(uni)
    uni.apply("--yes")
    assert uni.enabled() == []


def test_a_catalog_that_does_not_say_what_it_offers_changes_nothing(uni: University) -> None:
    plan = {key: value for key, value in CATALOG["labPlans"]["lp-computing"].items() if key != "images"}
    uni.declare(CATALOG | {"labPlans": {"lp-computing": plan}})
    assert "does not say which images it offers" in uni.apply("--yes").out
    assert uni.writes() == []


@pytest.mark.parametrize("attached", [None, f"{GALLERIES}/other"])
def test_a_plan_with_another_gallery_is_left_alone(uni: University, attached: str | None) -> None:
    uni.add({"id": f"{GALLERIES}/other", "location": "westeurope"})
    uni.change(PLAN, sharedGalleryId=attached)
    done = uni.apply("--yes")
    assert (done.code, uni.writes()) == (1, [])
    assert "deploy the plan first" in done.out


def test_images_come_in_pages_and_each_is_changed_once(uni: University, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "PAGE", 20)
    names = [f"image-{number:03}" for number in range(45)]
    uni.add(*map(image, names), *map(version, names))
    offered = names[::9]
    offer(uni, *offered)
    done = uni.apply("--yes")
    assert (done.code, uni.enabled_everywhere()) == (0, offered)
    assert sorted(uni.writes()) == [f"{PATCHES}{name}" for name in offered]
    assert "nothing to change" in uni.apply("--yes").out
    assert len(uni.writes()) == len(offered)


def test_what_was_done_before_azure_refused_is_said(uni: University) -> None:
    uni.strike(fault="error", status=403, code="AuthorizationFailed", method="PATCH", path="statistics$", times=0)
    done = uni.apply("--yes")
    assert (done.code, uni.enabled()) == (2, ["linux-intro"])
    assert "enabled linux-intro" in done.out
    assert "you need the role Lab Services Contributor, Contributor or Owner" in done.err


@pytest.mark.parametrize("fault", [{"fault": "throttle", "seconds": 0.01}, {"fault": "error", "status": 503}])
def test_brief_troubles_are_ridden_out(uni: University, fault: dict[str, Any]) -> None:
    uni.strike(method="PATCH", path="/images/", **fault)
    assert (uni.apply("--yes").code, uni.enabled()) == (0, ["linux-intro", "statistics"])


def test_a_gallery_that_may_not_be_read_is_not_an_empty_one(uni: University) -> None:
    uni.strike(
        fault="error", status=403, code="AuthorizationFailed", method="GET", path="/galleries/teaching/", times=0
    )
    uni.change(f"{GALLERY}/images/linux-intro/versions/1.0.0", provisioningState="Failed")
    done = uni.apply("--yes")
    assert (done.code, uni.enabled()) == (0, ["statistics"])
    assert "linux-intro is not listed yet" in done.out
    assert "not known: What is in gallery teaching was refused (403 AuthorizationFailed)" in done.out


# -- accounts ----------------------------------------------------------------------------------------------------------

LEGACY = "Microsoft.LabServices/labaccounts/legacy/SharedGalleries/"


def account(uni: University, gallery: str | None) -> None:
    old = {"resourceGroup": "rg-labs", "location": "westeurope", "subscription": SUBSCRIPTION}
    uni.declare({"labAccounts": {"legacy": old | ({"gallery": gallery} if gallery else {})}})


@pytest.fixture
def legacy(uni: University) -> University:
    """A university with a lab account, and another gallery beside the one for teaching."""
    uni.add({"id": ACCOUNT, "location": "westeurope"}, {"id": f"{GALLERIES}/other", "location": "westeurope"})
    return uni


def test_an_accounts_gallery_is_attached_and_another_one_detached_before(legacy: University) -> None:
    account(legacy, GALLERY)
    assert legacy.apply("--yes").code == 0
    account(legacy, f"{GALLERIES}/other")
    assert legacy.apply("--yes").code == 0
    account(legacy, None)
    assert legacy.apply("--yes").code == 0
    assert legacy.writes() == [
        f"PUT {LEGACY}teaching",
        f"DELETE {LEGACY}teaching",
        f"PUT {LEGACY}other",
        f"DELETE {LEGACY}other",
    ]


def test_an_account_as_declared_is_not_written_to(legacy: University) -> None:
    account(legacy, GALLERY)
    legacy.apply("--yes")
    before = legacy.writes()
    assert "nothing to change" in legacy.apply("--yes").out
    assert legacy.writes() == before
