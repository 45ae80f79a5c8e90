"""What a plan says to those who make labs: which version they take, which images come and go, who loses a gallery."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
import yaml

from acg.azure import kinds
from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.plan.build import Judged, make_plan
from acg.plan.effects import LabsMove
from acg.plan.model import Action, Plan, Side
from acg.plan.state import State
from acg.report.plan import Shown
from acg.report.plan.blocks import Bullets, plain
from acg.report.plan.json_text import render
from acg.report.plan.read import read_plan
from acg.report.plan.story.labs import labs
from acg.rules.result import Report

Json = dict[str, Any]
SERVICE = "7d3f9b52-4c1e-4a86-b0f7-2e9c5d8a1f40"


def version(gb: int = 64, **more: Any) -> Json:
    return {"source": {"managedImage": "/image"}, "osDisk": {"expectedSizeGB": gb}, **more}


def image(*numbers: str, **versions: Json) -> Json:
    base = {"osType": "Linux", "osState": "Specialized", "identifier": {"publisher": "u", "offer": "labs", "sku": "a"}}
    return {**base, "versions": {**{number: version() for number in numbers}, **versions}}


SCHOOL: Json = {
    "defaults": {"location": "westeurope", "targetRegions": ["westeurope"], "replicaCount": 2},
    "galleries": {
        "teaching": {"resourceGroup": "rg", "images": {"statistics": image("1.2.0"), "design": image("1.0.0")}},
        "archive": {"resourceGroup": "rg", "images": {"old": image("1.0.0")}},
    },
    "labPlans": {
        "lp": {"resourceGroup": "rg", "gallery": "teaching", "images": ["statistics", "design"]},
        "other": {"resourceGroup": "rg"},
    },
}


def changed(**at: Any) -> Json:
    """The school with other values at paths, two underscores for each dot; None takes the key out."""
    made = copy.deepcopy(SCHOOL)
    for path, value in at.items():
        *around, last = path.split("__")
        node = made
        for key in around:
            node = node.setdefault(key, {})
        node.pop(last, None)
        if value is not None:
            node[last] = value
    return made


STATISTICS = "galleries__teaching__images__statistics"


def plan_of(after: Json, before: Json = SCHOOL) -> Plan:
    def side(made: Json) -> Judged:
        reading = read_files([("labs.yaml", yaml.safe_dump(made, sort_keys=False).encode())], "labs.yaml")
        lowered = lower(reading)
        assert not (*reading.problems, *lowered.problems)
        return Judged(Side("files", "labs.yaml"), State.of(lowered), Report())

    return make_plan("labs.yaml", side(before), side(after), date(2026, 11, 27))


def sentences(plan: Plan) -> list[str]:
    section = labs(plan)
    blocks = [block for item in section.items for block in item] if section else []
    return [plain(line) for block in blocks if isinstance(block, Bullets) for line in block.lines]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (
            changed(**{STATISTICS: image("1.2.0", "1.3.0")}),
            "labs made from now on in lp take statistics 1.3.0 (was 1.2.0); labs that exist keep theirs until they are "
            "made anew; its 2 replicas take at most 128 GB, billed apart from the use of labs.",
        ),
        (
            changed(**{STATISTICS: image("1.2.0", **{"1.3.0": version(129)})}),
            "statistics leaves the list of lp: its OS disk has 129 GB, and labs list up to 128; labs that exist keep "
            "theirs.",
        ),
        (
            changed(**{STATISTICS: image("1.2.0", **{"1.3.0": version(dataDisks=[{"lun": 0, "disk": "/disk"}])})}),
            "statistics leaves the list of lp: 1.3.0 has a data disk, and labs take images with one disk; labs that "
            "exist keep theirs.",
        ),
        (
            changed(**{STATISTICS: image("1.2.0", **{"1.3.0": version(location="eastus", targetRegions=["eastus"])})}),
            "statistics leaves the list of lp: 1.3.0 has no replica in West Europe, the plan's region; labs that exist "
            "keep theirs.",
        ),
        (
            changed(labPlans__lp__images=["design"]),
            "statistics leaves the list of lp: it is not among the images of the plan; labs that exist keep theirs.",
        ),
        (
            changed(
                galleries__teaching__images__new=image("2.0.0"), labPlans__lp__images=["statistics", "design", "new"]
            ),
            "new enters the list of lp: labs can be made from 2.0.0; its 2 replicas take at most 128 GB, billed apart "
            "from the use of labs.",
        ),
        (
            changed(labPlans__other__gallery="archive"),
            "other gets gallery archive, from which labs can take old.",
        ),
        (
            changed(labPlans__lp={"resourceGroup": "rg"}),
            "lp is detached from gallery teaching, and loses statistics and design; labs that exist stay.",
        ),
        (
            changed(labPlans__lp=None),
            "lp is detached from gallery teaching, and loses statistics and design; labs that exist stay.",
        ),
    ],
)
def test_a_change_is_said_in_the_words_of_those_who_make_labs(after: Json, said: str) -> None:
    assert sentences(plan_of(after)) == [said]


def test_a_plan_that_moves_to_another_gallery_loses_the_one_and_gets_the_other() -> None:
    found = plan_of(changed(labPlans__lp__gallery="archive", labPlans__lp__images=["old"])).effects.labs
    assert [(one.move, one.before, one.after, one.images) for one in found] == [
        (LabsMove.DETACHED, "teaching", None, ("statistics", "design")),
        (LabsMove.ATTACHED, None, "archive", ("old",)),
    ]


@pytest.mark.parametrize(
    "after",
    [
        SCHOOL,
        changed(labPlans__lp__tags={"a": "b"}),
        changed(galleries__archive__images__old=image("1.0.0", "1.1.0")),
        changed(**{STATISTICS: image("1.2.0", "1.1.9")}),
    ],
    ids=["nothing", "a tag", "a gallery that no plan has", "a lower number"],
)
def test_what_labs_do_not_notice_is_not_said(after: Json) -> None:
    assert plan_of(after).effects.labs == ()


def test_of_exactly_128_gb_nothing_is_said() -> None:
    (found,) = plan_of(changed(**{STATISTICS: image("1.2.0", **{"1.3.0": version(128)})})).effects.labs
    assert found.move is LabsMove.TAKES


@pytest.mark.parametrize(
    ("after", "action", "reason"),
    [
        (changed(labPlans__lp__defaultNetworkProfile={"subnetId": "/x"}), Action.FORBIDDEN, "lab-network-fixed"),
        (changed(labPlans__lp__images=["design"]), Action.UPDATE, "lab-images"),
        (changed(labPlans__lp__tags={"a": "b"}), Action.UPDATE, "in-place"),
        (changed(labPlans__lp__location="northeurope"), Action.REPLACE, "location-changed"),
        (changed(labPlans__lp__name="lp-2"), Action.REPLACE, "lab-plan-elsewhere"),
        (changed(labPlans__third={"resourceGroup": "rg"}), Action.CREATE, "new"),
        (changed(labPlans__lp=None), Action.FORBIDDEN, "protected"),
        (changed(labPlans__lp__servicePrincipal=SERVICE), Action.SAFETY, "role"),
        (changed(labPlans__lp__retire=True), Action.SAFETY, "retired"),
    ],
)
def test_a_change_of_a_plan_is_classified(after: Json, action: Action, reason: str) -> None:
    assert (action, reason) in [(one.action, one.reason) for one in plan_of(after).changes]


def test_another_role_of_the_service_is_a_change_of_safety() -> None:
    before = changed(labPlans__lp__servicePrincipal=SERVICE)
    after = changed(labPlans__lp__servicePrincipal={"objectId": SERVICE, "role": "Contributor"})
    assert [(one.action, one.resource.title, one.summary) for one in plan_of(after, before).changes] == [
        (Action.SAFETY, f"role Contributor of {SERVICE} on gallery teaching", "is added"),
        (Action.SAFETY, f"role Owner of {SERVICE} on gallery teaching", "is removed"),
    ]


def test_a_role_stays_while_its_gallery_is_locked() -> None:
    locked = changed(labPlans__lp__servicePrincipal=SERVICE, galleries__teaching__lock="CanNotDelete")
    detached = copy.deepcopy(locked)
    detached["labPlans"]["lp"] = {"resourceGroup": "rg"}
    assert [one.reason for one in plan_of(detached, locked).refused] == ["locked"]
    del detached["galleries"]["teaching"]["lock"]
    assert plan_of(detached, locked).refused == (), "the lock goes first"


def test_titles_name_the_plan_and_the_role() -> None:
    made = plan_of(changed(labPlans__lp__servicePrincipal=SERVICE, labPlans__lp__tags={"a": "b"}))
    assert [one.resource.title for one in made.changes] == [
        f"role Owner of {SERVICE} on gallery teaching",
        "lab plan lp",
    ]


def test_another_key_is_refused_until_the_old_one_is_named() -> None:
    plans = SCHOOL["labPlans"]
    after = changed(labPlans={"new": {**plans["lp"], "name": "lp"}, "other": plans["other"]})
    (refused,) = plan_of(after).refused
    assert refused.reason == "key-changed"
    assert refused.proposal is not None
    assert "formerly: lp" in refused.proposal.snippets[0].yaml
    after["labPlans"]["new"]["formerly"] = "lp"
    (known,) = plan_of(after).changes
    assert (known.reason, known.refused) == ("key-changed-with-alias", False)


def test_a_plan_that_exists_is_imported_with_its_component() -> None:
    before = changed(labPlans__lp__existing=True)
    (one,) = [each for each in plan_of(SCHOOL, before).changes if each.reason == "adopted"]
    assert one.proposal is not None
    written, imported = one.proposal.commands
    listed = json.loads(written.removeprefix("jq -n '").removesuffix("' > import.json"))["resources"]
    assert [each["type"] for each in listed] == ["acg:index:LabPlan", kinds.LAB_PLAN]
    assert listed[1]["id"].endswith("/resourceGroups/rg/providers/Microsoft.LabServices/labPlans/lp")
    assert imported == "pulumi import --file import.json --generate-code=false --yes"


def test_what_labs_take_survives_json(tmp_path: Any) -> None:
    made = plan_of(changed(**{STATISTICS: image("1.2.0", "1.3.0")}))
    file = tmp_path / "plan.json"
    file.write_text(render(Shown(made)), encoding="utf-8")
    assert read_plan(file).plan.effects.labs == made.effects.labs
    assert json.loads(file.read_text())["effects"]["labs"][0]["addedGB"] == 128
