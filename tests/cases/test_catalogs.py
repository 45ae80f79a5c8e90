"""Catalogs after public reports: what the rules say of each, all else passed."""

from pathlib import Path

import pytest

from acg.catalog.reader import read_catalog
from acg.desired.lower import lower
from acg.rules.declared import check_lowered
from acg.rules.result import Report

CASES = Path(__file__).parent


def check(file: str) -> Report:
    reading = read_catalog(str(CASES / file))
    reading.require()
    return check_lowered(lower(reading))


def undecided(report: Report, rule: str) -> list[str]:
    """The reasons for which a rule is undecided."""
    return [one.reason for one in report.undecided if one.rule.name == rule]


@pytest.mark.parametrize(
    ("file", "rule", "reason"),
    [
        ("confidential_packer_template/catalog.yaml", "security-type-source", "security data is not known"),
        ("image_in_another_region/catalog.yaml", "source-region", "the region of its source is not known"),
        ("generation_left_out/step1.yaml", "source-matches-definition", "V1 is chosen and can never be changed"),
        ("generation_left_out/step3-retire.yaml", "source-matches-definition", "V1 is chosen"),
    ],
)
def test_what_is_not_known_is_said_and_refused_by_none(file: str, rule: str, reason: str):
    report = check(file)
    assert report.findings == ()
    assert any(reason in one for one in undecided(report, rule))


@pytest.mark.parametrize("file", ["generation_left_out/step2.yaml", "generation_left_out/step4-fixed.yaml"])
def test_a_declared_generation_is_no_default(file: str):
    assert not any("V1 is chosen" in one for one in undecided(check(file), "source-matches-definition"))


def test_the_way_out_of_a_wrong_generation_is_named():
    found = next(one for one in check("generation_left_out/step1.yaml").undecided if "V1 is chosen" in one.reason)
    assert "retire: true" in found.rule.fix


def test_what_sources_disagree_about_is_a_warning():
    report = check("customer_key_on_trusted_launch/catalog.yaml")
    assert [(one.rule.name, one.severity) for one in report.findings] == [("trusted-launch-keys", "warning")]


@pytest.mark.parametrize("file", ["direct_virtualization_features/catalog.yaml", "edge_zone_only/deploys.yaml"])
def test_what_azure_takes_is_refused_by_none(file: str):
    assert check(file).errors == ()


def test_features_of_a_later_api_version_are_known():
    assert check("direct_virtualization_features/catalog.yaml").findings == ()


def test_the_notation_of_the_cli_is_translated():
    reading = read_catalog(str(CASES / "edge_zone_only/catalog.yaml"))
    assert [one.fix for one in reading.problems] == [
        "Write {name: westus, regionalReplicaCount: 1, storageAccountType: Standard_ZRS}"
    ]
