"""Lab plans, their images, labs and saving, as teachers and administrators meet them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from acg_sandbox.arm import PLATFORM
from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, GROUP, SUBSCRIPTION, Arm
from tests.acg_sandbox.arm.school import API, LAB, LABS, MACHINE, PLAN, School, lab_body

RECORDED = json.loads(Path(__file__).with_name("recorded-labs-2021-10-01-preview.json").read_text())["entries"]
EXAMPLES = json.loads(Path(__file__).with_name("examples-labs-2023-06-07.json").read_text())["examples"]


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


# -- saving ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def lab(school: School) -> School:
    """A school with a lab of the image ``intro``."""
    image = school.image("intro")
    school.version("intro", "1.0.0")
    school.labs("PUT", LAB, lab_body(id=image))
    return school


def test_a_new_name_makes_a_specialized_definition_with_one_version_in_the_region_of_the_plan(lab: School) -> None:
    answer = lab.labs("POST", f"{PLAN}/saveImage", {"name": "term-end", "labVirtualMachineId": MACHINE})
    assert answer.status_code == 202
    made = lab.get(f"{GALLERY}/images/term-end")["properties"]
    version = lab.get(f"{GALLERY}/images/term-end/versions/1.0.0")["properties"]
    assert (made["osState"], made["osType"], made["hyperVGeneration"]) == ("Specialized", "Linux", "V2")
    assert [one["name"] for one in version["publishingProfile"]["targetRegions"]] == ["West Europe"]
    assert version["storageProfile"]["osDiskImage"]["sizeInGB"] == 64


def test_an_existing_name_makes_the_next_version(lab: School) -> None:
    lab.labs("POST", f"{PLAN}/saveImage", {"name": "intro", "labVirtualMachineId": MACHINE})
    assert lab.get(f"{GALLERY}/images/intro/versions/1.0.1")["properties"]["provisioningState"] == "Succeeded"


def test_saving_takes_ten_minutes() -> None:
    slow = School(pace=1.0)
    slow.clock.pass_(10_000)
    image = slow.image("intro")
    slow.clock.pass_(10_000)
    slow.version("intro", "1.0.0")
    slow.clock.pass_(10_000)
    slow.labs("PUT", LAB, lab_body(id=image))
    slow.clock.pass_(10_000)
    answer = slow.labs("POST", f"{PLAN}/saveImage", {"name": "intro", "labVirtualMachineId": MACHINE})
    link = answer.headers["Azure-AsyncOperation"]
    slow.clock.pass_(609)
    assert slow.ask("GET", link).json()["status"] == "InProgress"
    slow.clock.pass_(2)
    assert slow.ask("GET", link).json()["status"] == "Succeeded"


@pytest.mark.parametrize(
    ("spoil", "body", "status"),
    [
        (lambda s: s.plan(), {"name": "x"}, 409),
        (lambda s: None, {"name": "Test Image"}, 400),
        (lambda s: s.image("general", state="Generalized"), {"name": "general"}, 409),
        (lambda s: s.image("windows", system="Windows"), {"name": "windows"}, 409),
        (lambda s: None, {"name": "x", "labVirtualMachineId": f"{LABS}/labs/none/virtualMachines/0"}, 404),
        (lambda s: None, {"name": "x", "labVirtualMachineId": f"{LAB}/virtualMachines/7"}, 404),
    ],
    ids=["no gallery", "no name for a definition", "Generalized", "another system", "no lab", "no template"],
)
def test_what_cannot_be_saved_is_refused(
    lab: School, spoil: Callable[[School], Any], body: dict[str, Any], status: int
) -> None:
    spoil(lab)
    before = lab.azure.state.store.count("microsoft.compute/galleries/images/versions", PLATFORM, "westeurope")
    answer = lab.labs("POST", f"{PLAN}/saveImage", {"labVirtualMachineId": MACHINE, **body})
    after = lab.azure.state.store.count("microsoft.compute/galleries/images/versions", PLATFORM, "westeurope")
    assert (answer.status_code, after) == (status, before)


def test_a_lab_of_another_plan_is_not_saved(lab: School) -> None:
    other = f"{LABS}/labPlans/other"
    lab.labs("PUT", other, {"location": "westeurope", "properties": {"sharedGalleryId": GALLERY}})
    answer = lab.labs("POST", f"{other}/saveImage", {"name": "x", "labVirtualMachineId": MACHINE})
    assert answer.status_code == 409


def test_a_save_that_fails_leaves_a_failed_version(lab: School) -> None:
    lab.strike(fault="fail", path="/saveImage$", code="InternalError")
    answer = lab.labs("POST", f"{PLAN}/saveImage", {"name": "intro", "labVirtualMachineId": MACHINE})
    state = lab.ask("GET", answer.headers["Location"]).json()
    assert (state["status"], state["error"]["code"]) == ("Failed", "InternalError")
    assert lab.get(f"{GALLERY}/images/intro/versions/1.0.1")["properties"]["provisioningState"] == "Failed"


# -- plans -----------------------------------------------------------------------------------------------------------


def test_a_put_without_a_gallery_detaches_it(school: School) -> None:
    school.plan()
    assert "sharedGalleryId" not in school.labs("GET", PLAN).json()["properties"]


def test_labs_and_images_outlive_their_plan(lab: School) -> None:
    assert lab.labs("DELETE", PLAN).status_code == 202
    assert lab.labs("GET", LAB).status_code == 200
    assert lab.get(f"{GALLERY}/images/intro/versions/1.0.0")


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


# -- recordings and examples -----------------------------------------------------------------------------------------

DIFFERENCES = {
    "dates, ids, users and signatures": "are new in every life; their form is compared",
    "values that the recording leaves out": "written as … or {user} there",
    "connectionProfile.rdpAuthority": "a lab's machines cannot be reached here, so they have no address",
    "type, name and place of systemData in the official examples": "the recordings of the real service win",
    "operations at /operationresults/": "the recordings have /locations/{region}/operationResults/",
}

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z")


def plain(value: Any) -> Any:
    text = json.dumps(value).replace("https://management.azure.com", "").replace("https://management.test", "")
    text = text.replace("{sub}", PLATFORM).replace("{op}", "GUID").replace("{user}", "user@contoso.com")
    text = text.replace(PLATFORM, "SUB").replace("&t=\\u2026", "")
    return json.loads(_DATE.sub("DATE", _GUID.sub("GUID", text)))


@pytest.fixture(scope="module")
def recorded() -> list[httpx.Response]:
    """Every recorded exchange sent again, at the recorded pace, to a service that stands as the recorded one did."""
    arm = Arm(None, pace=1.0)
    group = f"{SUBSCRIPTION}/resourceGroups/powershell-sdk-testing"
    arm.put(group, {"location": "westcentralus"})
    gallery = f"{group}/providers/Microsoft.Compute/galleries/sigunitpowershell"
    arm.put(gallery, {"location": "westcentralus"})
    old = "2021-10-01-preview"
    support = RECORDED[3]["body"]["properties"]["supportInfo"]
    properties = RECORDED[0]["request"]["properties"] | {"sharedGalleryId": gallery, "supportInfo": support}
    for name in ("labplan-record-powershell", "labplan-record-powershell-del"):
        path = f"{group}/providers/Microsoft.LabServices/labPlans/{name}"
        arm.ask("PUT", path, {"location": "westcentralus", "properties": properties}, api=old)
    arm.clock.pass_(1000)
    lab = json.loads(json.dumps(RECORDED[11]["body"]).replace("{sub}", PLATFORM))
    answer = arm.ask("PUT", lab["id"], {"location": lab["location"], "properties": lab["properties"]}, api=old)
    assert answer.status_code == 201, answer.text
    arm.clock.pass_(1000)
    answers: list[httpx.Response] = []
    for entry in RECORDED[:12]:
        path = entry["path"].replace("{sub}", PLATFORM)
        if path.startswith("/"):
            request = json.loads(json.dumps(entry.get("request")).replace("{sub}", PLATFORM))
            answers.append(arm.ask(entry["method"], path, request))
        else:  # a link of the answer before
            header = "Location" if path.startswith("Location") else "Azure-AsyncOperation"
            arm.clock.pass_(1000)
            answers.append(arm.ask("GET", next(a.headers[header] for a in reversed(answers) if header in a.headers)))
    return answers


_LEFT_OUT = {"displayName", "description", "iconUrl", "author", "plan", "termsStatus", "rdpAuthority"}


def shape(value: Any) -> Any:
    """A body without what the recording or this service leaves out, members in order."""
    if isinstance(value, dict):
        return [(key, shape(inner)) for key, inner in value.items() if key not in _LEFT_OUT]
    return [shape(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("number", [n for n in range(12) if n != 8], ids=str)
def test_the_answer_is_that_of_the_real_service(recorded: list[httpx.Response], number: int) -> None:
    entry, answer = RECORDED[number], recorded[number]
    expected, ours = plain(entry["body"]), plain(answer.json())
    for body in (expected, ours):
        body.get("properties", {}).get("securityProfile", {}).pop("registrationCode", None)
        for one in (body.get("properties", {}), *(item["properties"] for item in body.get("value", ()))):
            one.get("connectionProfile", {}).pop("adminUsername", None)
    assert answer.status_code == entry["status"]
    assert shape(ours) == shape(expected)
    for name, value in entry.get("headers", {}).items():
        assert plain(answer.headers[name]) == plain(value)


def test_a_recorded_marketplace_image_has_the_recorded_members(recorded: list[httpx.Response]) -> None:
    ours = recorded[8].json()["value"][0]
    theirs = RECORDED[8]["body"]["value"][0]
    assert list(ours) == list(theirs)
    assert set(ours["properties"]) | {"iconUrl"} == set(theirs["properties"])


def _known(value: Any) -> set[str]:
    return {*value, *(inner for one in value.values() if isinstance(one, dict) for inner in _known(one))}


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.get("request")], ids=lambda e: e["operationId"])
def test_every_member_that_an_official_example_sends_is_known(school: School, example: dict[str, Any]) -> None:
    """The official examples name resources that nobody has; what counts is that their bodies are understood."""
    path = re.sub(r"/subscriptions/[^/]+/resourceGroups/[^/]+", GROUP, example["path"])
    school.labs("PUT", path.split("/images/")[0], {"location": "westus", "properties": {}})
    answer = school.labs(example["method"], path, example["request"])
    refused = answer.json().get("error", {}).get("message", "") if answer.status_code >= 400 else ""
    assert "Could not find member" not in refused
