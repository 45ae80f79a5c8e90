"""Lab plans, their images, labs and saving, as teachers and administrators meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, Arm
from tests.acg_sandbox.arm.labs.school import API, LAB, LABS, PLAN, School, lab_body


@pytest.fixture
def school() -> School:
    return School()


# -- what labs are offered -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "data", "listed"),
    [(64, None, True), (127, None, True), (128, None, True), (129, None, False), (64, 32, False)],
    ids=["small", "less than 128", "128", "more than 128", "two disks"],
)
def test_labs_are_offered_images_with_one_disk_of_up_to_128_gb(
    school: School, size: int, data: int | None, listed: bool
) -> None:
    school.image("intro")
    school.version("intro", "1.0.0", size=size, data=data)
    assert ("intro" in school.images()) is listed


@pytest.mark.parametrize("state", ["Specialized", "Generalized"])
def test_both_states_of_an_operating_system_are_offered(school: School, state: str) -> None:
    school.image("intro", state=state)
    school.version("intro", "1.0.0")
    assert school.images()["intro"]["osState"] == state


def test_the_highest_number_decides_what_labs_are_offered(school: School) -> None:
    school.image("intro")
    school.version("intro", "1.10.0", size=256)
    school.version("intro", "1.9.0")
    assert school.images() == {}


def test_an_image_without_a_replica_in_the_region_of_the_plan_is_not_offered(school: School) -> None:
    school.labs("PUT", PLAN, {"location": "westeurope", "properties": {"sharedGalleryId": GALLERY}})
    other = f"{LABS}/labPlans/elsewhere"
    school.labs("PUT", other, {"location": "northeurope", "properties": {"sharedGalleryId": GALLERY}})
    school.image("intro")
    school.version("intro", "1.0.0")
    listed = school.labs("GET", f"{other}/images").json()["value"]
    assert "intro" in school.images()
    assert "intro" not in {one["name"] for one in listed}


def test_an_image_is_enabled_by_whoever_says_so_and_nobody_else(school: School) -> None:
    school.image("intro")
    school.version("intro", "1.0.0")
    assert "enabledState" not in school.images()["intro"]
    answer = school.labs("PATCH", f"{PLAN}/images/intro", {"properties": {"enabledState": "Enabled"}})
    assert answer.json()["properties"]["enabledState"] == "Enabled"
    assert school.images()["intro"]["enabledState"] == "Enabled"


def test_a_put_of_an_image_creates_none(school: School) -> None:
    answer = school.labs("PUT", f"{PLAN}/images/none", {"properties": {"enabledState": "Enabled"}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "ResourceNotFound")


def test_images_come_in_pages_of_200(school: School) -> None:
    school.image("image-000")
    school.version("image-000", "1.0.0")
    store = school.azure.state.store
    image, version = (
        store.get(key.lower()) for key in (f"{GALLERY}/images/image-000", f"{GALLERY}/images/image-000/versions/1.0.0")
    )
    assert image is not None
    assert version is not None
    with store.transaction():
        for number in range(1, 450):
            name = f"image-{number:03}"
            for one in (image, version):
                one.body = json.loads(json.dumps(one.body).replace("image-000", name))
                store.put(one)
                one.body = json.loads(json.dumps(one.body).replace(name, "image-000"))
    path, pages = f"{PLAN}/images?api-version={API}", []
    while path:
        page = school.ask("GET", path.replace("https://management.test", "")).json()
        pages.append(len(page["value"]))
        path = page.get("nextLink")
    assert pages == [200, 200, 52]  # two are of the Marketplace


# -- labs ------------------------------------------------------------------------------------------------------------


def test_a_lab_takes_the_newest_version_and_keeps_it(school: School) -> None:
    image = school.image("intro")
    school.version("intro", "1.0.0")
    school.labs("PUT", LAB, lab_body(id=image))
    school.version("intro", "1.1.0")
    profile = school.labs("GET", LAB).json()["properties"]["virtualMachineProfile"]
    assert profile["imageReference"] == {"id": image, "exactVersion": "1.0.0"}
    assert profile["osType"] == "Linux"


@pytest.mark.parametrize(
    ("reference", "missing"),
    [
        ({"id": f"{GALLERY}/images/intro/versions/1.0.1"}, "1.0.1"),
        ({"id": f"{GALLERY}/images/unknown"}, "unknown"),
        ({"publisher": "AzureLabServices", "offer": "General", "sku": "intro"}, "AzureLabServices.General.intro"),
    ],
    ids=["a version", "an unknown definition", "a gallery image by its identifier"],
)
def test_a_lab_of_an_image_that_its_plan_lacks_is_refused(
    school: School, reference: dict[str, str], missing: str
) -> None:
    school.image("intro")
    school.version("intro", "1.0.1")
    answer = school.labs("PUT", LAB, lab_body(**reference))
    text = f"Resource with ID '{PLAN}/images/{missing}' cannot be found or does not exist."
    assert (answer.status_code, answer.json()["error"]) == (404, {"code": "ResourceNotFound", "message": text})


def test_a_password_is_never_shown_or_kept(school: School) -> None:
    image = school.image("intro")
    school.version("intro", "1.0.0")
    school.labs("PUT", LAB, lab_body(id=image))
    assert "canary" not in school.labs("GET", LAB).text
    assert "canary" not in "\n".join(school.azure.state.store.db.iterdump())


def test_the_image_of_a_lab_cannot_be_changed(school: School) -> None:
    for name in ("intro", "other"):
        school.image(name)
        school.version(name, "1.0.0")
    school.labs("PUT", LAB, lab_body(id=f"{GALLERY}/images/intro"))
    answer = school.labs("PUT", LAB, lab_body(id=f"{GALLERY}/images/other"))
    assert answer.status_code == 409
    assert school.labs("PUT", LAB, lab_body(id=f"{GALLERY}/images/intro")).status_code == 200


# -- plans -----------------------------------------------------------------------------------------------------------


def test_a_put_without_a_gallery_detaches_it(school: School) -> None:
    school.plan()
    assert "sharedGalleryId" not in school.labs("GET", PLAN).json()["properties"]


def test_labs_and_images_outlive_their_plan(school: School) -> None:
    image = school.image("intro")
    school.version("intro", "1.0.0")
    school.labs("PUT", LAB, lab_body(id=image))
    assert school.labs("DELETE", PLAN).status_code == 202
    assert school.labs("GET", LAB).status_code == 200
    assert school.get(f"{GALLERY}/images/intro/versions/1.0.0")


@pytest.mark.parametrize("gallery", [f"{GALLERY}/images/intro", "/SharedGalleries/corp", f"{COMPUTE}/galleries/none"])
def test_only_a_gallery_that_exists_is_attached(school: School, gallery: str) -> None:
    assert school.plan(sharedGalleryId=gallery).status_code in {400, 404}


# -- accounts --------------------------------------------------------------------------------------------------------

ACCOUNT = f"{LABS}/labaccounts/legacy"


def test_a_seeded_account_attaches_one_gallery_at_a_time(tmp_path: Path) -> None:
    seed = tmp_path / "seed.yaml"
    seed.write_text(
        f"- id: {ACCOUNT}\n  location: westeurope\n- id: {GALLERY}\n  location: westeurope\n  properties: {{}}\n"
    )
    arm = Arm(None, seed=seed)
    old = {"api": "2019-01-01-preview"}
    body = {"properties": {"galleryId": GALLERY}}
    assert arm.ask("PUT", f"{ACCOUNT}/SharedGalleries/corp", body, **old).status_code == 201
    assert arm.ask("PUT", f"{ACCOUNT}/SharedGalleries/other", body, **old).status_code == 409
    assert arm.ask("GET", f"{ACCOUNT}/SharedImages", **old).json() == {"value": []}
    assert arm.ask("DELETE", f"{ACCOUNT}/SharedGalleries/corp", **old).status_code == 200
    assert arm.ask("PUT", f"{LABS}/labaccounts/new", {"location": "westeurope"}, **old).status_code == 403
