"""Forms of a plan for machines: valid by their standards, complete, and obeyed by no agent."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from acg.plan.model import InputChange, Unknown
from acg.report.plan import FORMS, Shown, render
from tests.agents import azure_commands, github_commands
from tests.report.plan import schema
from tests.report.plan.hostile import hostile, hostile_plan
from tests.report.plan.samples import EMPTY, FULL, MODEL, PLANS, STORAGE, plan

SARIF = json.loads((Path(__file__).parents[1] / "check/sarif/sarif-schema-2.1.0.json").read_text())
plans = pytest.mark.parametrize("name", PLANS)


def test_the_published_schema_follows_the_types():
    assert schema.FILE.read_text() == schema.text()
    jsonschema.Draft202012Validator.check_schema(schema.schema())


@plans
def test_json_is_what_the_schema_says(name):
    document = json.loads(render("json", Shown(PLANS[name])))
    jsonschema.Draft202012Validator(schema.schema()).validate(document)


def test_json_says_what_decides_a_pipeline():
    document = json.loads(render("json", Shown(MODEL)))
    assert document["exitCode"] == 1
    assert document["verdict"]["status"] == "refused"
    assert document["digests"] == {"platform/ubuntu-2404": MODEL.digest}
    assert [change["action"] for change in document["changes"]] == [
        "new-version-required", "forbidden", "create", "update",
    ]  # fmt: skip
    assert document["changes"][0]["refusedBy"] == "Azure"
    assert document["effects"]["storage"]["addedGB"] == 210


def test_json_shows_no_signature_and_says_what_is_unknown():
    address = "https://a.blob.core.windows.net/v/d.vhd"
    change = STORAGE._replace(inputs=(InputChange(("uri",), f"{address}?sig=c2VjcmV0", Unknown()),))
    (found,) = json.loads(render("json", Shown(plan(change))))["changes"][0]["inputs"]
    assert found == {"path": ["uri"], "before": f"{address}?…", "after": {"unknown": "known after deployment"}}


@plans
def test_sarif_is_valid_by_the_official_schema(name):
    jsonschema.Draft4Validator(SARIF).validate(json.loads(render("sarif", Shown(PLANS[name]))))


def test_sarif_and_github_show_what_is_refused_at_its_line():
    (run,) = json.loads(render("sarif", Shown(FULL)))["runs"]
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("new-version-required", "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "galleries/platform.yaml"
    assert place["region"]["startLine"] == 34
    assert len({result["partialFingerprints"]["acgChange/v1"] for result in run["results"]}) == len(run["results"])
    lines = render("github", Shown(FULL)).splitlines()
    assert len(lines) == len(run["results"])
    assert lines[0].startswith("::error file=galleries/platform.yaml,line=34,col=11,title=new-version-required::")


def test_nothing_is_shown_beside_lines_where_nothing_changes():
    assert render("github", Shown(EMPTY)) == ""
    assert json.loads(render("sarif", Shown(EMPTY)))["runs"][0]["results"] == []


@given(hostile)
def test_no_form_gives_an_agent_a_command(text):
    shown = Shown(hostile_plan(text), width=40)
    for form in FORMS:
        output = render(form, shown)
        assert azure_commands(output) == []
        wanted = ["error", "warning"] if form == "github" else []
        assert github_commands(output) == wanted
