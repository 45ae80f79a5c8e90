"""Forms for machines: valid by their own standards, complete, and not steered by what they quote."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from acg.report.check import Checked, github, json_text, junit, sarif
from tests.report.check.samples import ATTACK, EVERYTHING, FILE, NOTHING

SARIF_SCHEMA = json.loads((Path(__file__).parent / "sarif/sarif-schema-2.1.0.json").read_text())
everything = pytest.mark.parametrize("checked", [EVERYTHING, NOTHING, ATTACK], ids=["everything", "nothing", "attack"])


def test_json_has_what_it_promises():
    found = json.loads(json_text.render(EVERYTHING))
    assert list(found) == ["findings", "undecided", "suppressed", "notes", "summary"]
    problem, error, warning = found["findings"]
    assert error == {
        "code": "ACG402",
        "rule": "version-home-region",
        "kind": "azure",
        "severity": "error",
        "message": "corp/ubuntu/1.0.3 lives in westeurope but is replicated only to northeurope",
        "fix": "Add westeurope to targetRegions.",
        "resource": "corp/ubuntu/1.0.3",
        "also": [],
        "path": "publishingProfile.targetRegions",
        "file": FILE,
        "line": 7,
        "column": 28,
        "length": 13,
    }
    assert (problem["kind"], problem["code"], problem["resource"]) == ("input", "ACG005", None)
    assert (warning["severity"], warning["file"], warning["line"]) == ("warning", None, None)
    assert found["undecided"][0]["also"] == ["corp"]
    assert (found["suppressed"][0]["until"], found["suppressed"][0]["reason"]) == ("2027-06-30", "an old number")
    assert found["summary"] == {
        "resources": 4,
        "rules": 3,
        "errors": 2,
        "warnings": 1,
        "undecided": 2,
        "suppressed": 1,
    }


@everything
def test_json_is_plain_ascii(checked: Checked):
    assert json_text.render(checked).isascii()


@everything
def test_sarif_is_valid_by_the_official_schema(checked: Checked):
    jsonschema.Draft4Validator(SARIF_SCHEMA).validate(json.loads(sarif.render(checked)))


def test_sarif_tells_rules_places_and_suppressions():
    [run] = json.loads(sarif.render(EVERYTHING))["runs"]
    rules = run["tool"]["driver"]["rules"]
    results = {(result["ruleId"], result["kind"]): result for result in run["results"]}
    error = results["ACG402", "fail"]
    assert rules[error["ruleIndex"]]["id"] == "ACG402"
    assert rules[error["ruleIndex"]]["name"] == "version-home-region"
    assert rules[error["ruleIndex"]]["helpUri"].startswith("https://learn.microsoft.com/")
    [location] = error["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": FILE},
        "region": {"startLine": 7, "startColumn": 28, "endColumn": 41},
    }
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "corp/ubuntu/1.0.3/publishingProfile.targetRegions"
    assert results["ACG401", "open"]["level"] == "none"
    assert results["ACG103", "fail"]["suppressions"][0]["justification"].startswith("an old number")
    assert results["ACG005", "fail"]["level"] == "error"
    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [{"level": "note", "message": {"text": "notes.txt is not read"}}],
        }
    ]
    assert run["tool"]["driver"]["informationUri"].startswith("https://")


def test_sarif_writes_absolute_paths_as_uris_and_escapes_others():
    uris = json.dumps(json.loads(sarif.render(ATTACK))["runs"][0]["results"][0]["locations"])
    assert "%1B" in uris
    assert "\\u001b" not in uris


def test_github_has_one_command_for_each_finding():
    lines = github.render(EVERYTHING).splitlines()
    assert [line.split(" ")[0] for line in lines] == [
        "::error",
        "::error",
        "::warning",
        "::notice",
        "::notice",
        "::notice",
    ]
    assert lines[1].startswith(
        "::error file=galleries/corp.yaml,line=7,col=28,endColumn=41,title=ACG402 version-home-region::corp/ubuntu"
    )
    assert lines[4].endswith("(suppressed until 2027-06-30: an old number)")
    assert lines[5] == "::notice title=acg check::notes.txt is not read"
    assert lines[1].endswith("%0AFix: Add westeurope to targetRegions.")


def test_github_lets_nothing_begin_a_command_of_its_own():
    [line] = github.render(ATTACK).splitlines()
    assert line.startswith("::error file=")
    properties = line.split("::")[1]
    assert "\r" not in line
    assert properties.count(",title=") == 1
    assert "%250A" in line


@everything
def test_junit_is_xml_with_right_sums(checked: Checked):
    [suite] = ET.fromstring(junit.render(checked))  # noqa: S314 - written here
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.get(attribute, "")) == len(list(suite.iter(tag)))


def test_junit_fails_errors_and_passes_warnings():
    suite = ET.fromstring(junit.render(EVERYTHING))[0]  # noqa: S314 - written here
    cases = {case.get("name"): case for case in suite}
    assert cases["ACG402 version-home-region"].find("failure") is not None
    assert cases["ACG702 end-of-life-past"].find("failure") is None
    assert cases["ACG702 end-of-life-past"].find("system-out") is not None
    assert cases["ACG401 region-known"].find("skipped") is not None
    assert cases["ACG005 unknown-key"].find("error") is not None
    assert cases["ACG103 version-number: corp/ubuntu/1.0"].find("skipped") is not None
    assert suite.findtext("system-out") == "notes.txt is not read"
    assert list(cases["ACG403 region-duplicate"]) == []
