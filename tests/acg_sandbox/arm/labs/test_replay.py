"""Recorded exchanges of Lab Services and its official examples, sent again: the answers must be the same.

Whatever differs on purpose stands in ``DIFFERENCES``, with the reason; any other difference fails.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from acg_sandbox.arm import PLATFORM
from tests.acg_sandbox.arm.conftest import GROUP, SUBSCRIPTION, Arm
from tests.acg_sandbox.arm.labs.school import School

RECORDED = json.loads(Path(__file__).with_name("recorded-2021-10-01-preview.json").read_text())["entries"]
EXAMPLES = json.loads(Path(__file__).with_name("examples-2023-06-07.json").read_text())["examples"]

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
def test_every_member_that_an_official_example_sends_is_known(example: dict[str, Any]) -> None:
    """The official examples name resources that nobody has; what counts is that their bodies are understood."""
    school = School()
    path = re.sub(r"/subscriptions/[^/]+/resourceGroups/[^/]+", GROUP, example["path"])
    school.labs("PUT", path.split("/images/")[0], {"location": "westus", "properties": {}})
    answer = school.labs(example["method"], path, example["request"])
    refused = answer.json().get("error", {}).get("message", "") if answer.status_code >= 400 else ""
    assert "Could not find member" not in refused
