"""Levels, settings and suppressions out of ``--policy-pack-config``."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from acg_policies.pack import team_rules

from tests.policies.conftest import POLICIES, definition, gallery, version

TODAY = datetime.now(UTC).date()


def test_the_settings_of_this_repository_can_all_be_used(pack):
    config = json.loads((POLICIES.parent / "guardrails.json").read_text())
    assert pack.configure(config).analyze_stack().mandatory == ()


def test_a_level_makes_a_violation_advice_or_nothing(pack):
    wrong = version("1.0")
    pack.analyze(wrong).assert_violation("version-number")
    pack.configure({"version-number": "advisory"}).analyze(wrong).assert_violation("version-number", level="advisory")
    pack.configure({"version-number": "disabled"}).analyze(wrong).assert_silent("version-number")
    pack.configure({"version-number": "remediate"}).analyze(wrong).assert_violation("version-number")
    pack.configure({"all": "advisory"}).analyze(wrong).assert_violation("version-number", level="advisory")


def test_a_guard_is_off_until_it_is_configured(pack):
    settings = {"regions": ["North Europe"]}
    pack.configure({"allowed-regions": settings}).analyze(gallery()).assert_clean()
    pack.configure({"allowed-regions": {"enforcementLevel": "advisory", **settings}})
    pack.analyze(gallery()).assert_violation("allowed-regions", "outside northeurope", level="advisory")
    pack.configure({"allowed-regions": {"enforcementLevel": "mandatory", **settings}})
    pack.analyze(gallery()).assert_violation("allowed-regions", "outside northeurope")


@pytest.mark.parametrize(
    ("config", "policy", "says"),
    [
        ({"allowed-regions": {"region": ["westeurope"]}}, "allowed-regions", ("allowed-regions.region ", "regions?")),
        ({"data-disk-size": {"maximumGb": 5}}, "data-disk-size", ("data-disk-size.maximumGb ", "maximumGB?")),
        ({"version-number": {"limit": 5}}, "version-number", ("version-number.limit ", "no settings")),
        ({"data-disk-size": {"maximumGB": 0.5}}, "data-disk-size", ("maximumGB is the number 0.5",)),
        ({"data-disk-sise": "mandatory"}, "guardrails", ("data-disk-sise is not the name", "data-disk-size?")),
        ({"ACG103": "advisory"}, "guardrails", ("ACG103 is not the name of a rule", "version-number?")),
        ({"suppressions": {"entry": []}}, "suppressions", ("suppressions.entry is not a setting", "entries")),
        ({"suppressions": {"entries": [{"urn": "x"}]}}, "suppressions", ("suppressions.entries[0]",)),
    ],
    ids=repr,
)
def test_a_setting_that_cannot_be_used_stops_everything_once_and_by_name(pack, config, policy, says):
    lenient = {
        name: {"enforcementLevel": "disabled", **given} if isinstance(given, dict) else given
        for name, given in config.items()
    }
    report = pack.configure({"all": "advisory", **lenient}).run(gallery(), definition(), version())
    report.assert_violation(policy, *says, level="mandatory")


def test_it_is_told_with_the_first_resource_so_that_an_update_never_begins(pack):
    pack.configure({"data-disk-size": {"maximum": 5}})
    pack.analyze(gallery()).assert_violation("data-disk-size", "data-disk-size.maximum is not a setting", urn=gallery())
    pack.analyze(definition()).assert_clean()


def test_a_stack_without_resources_is_told_too(pack):
    pack.configure({"data-disk-size": {"maximum": 5}}).analyze_stack().assert_violation("data-disk-size")


def suppressing(urn: str, until: str, rule: str = "version-number", **more: object) -> dict:
    entry = {"urn": urn, "rule": rule, "reason": "Packer names it", "until": until}
    return {"suppressions": {"entries": [entry], **more}}


class TestSuppressions:
    """By URN, for programs that have no other place for them."""

    wrong = version("1.0")

    def test_one_holds_until_the_end_of_its_day_and_is_shown(self, pack):
        report = pack.configure(suppressing(self.wrong.urn, str(TODAY))).run(self.wrong)
        found = report.assert_violation("version-number", "Packer names it", level="advisory", urn=self.wrong)
        assert f"suppressed until {TODAY}" in found.message
        report.assert_silent("suppressions")

    def test_one_that_is_over_hides_nothing_and_is_told(self, pack):
        yesterday = str(TODAY - timedelta(days=1))
        report = pack.configure(suppressing(self.wrong.urn, yesterday)).run(self.wrong)
        report.assert_violation("version-number", urn=self.wrong)
        report.assert_violation("suppressions", f"until {yesterday}, which is past", level="advisory", urn=self.wrong)

    def test_one_that_hides_nothing_is_told(self, pack):
        fine = version()
        report = pack.configure(suppressing(fine.urn, str(TODAY))).run(fine)
        report.assert_violation("suppressions", "which it does not break", level="advisory", urn=fine)

    def test_one_of_a_rule_about_the_stack_holds_as_well(self, pack):
        twin = type(self.wrong)(gallery().type, {**gallery().inputs, "resourceGroupName": "rg-2"}, name="twin")
        pack.configure(suppressing(twin.urn, str(TODAY), rule="ACG107"))
        report = pack.run(gallery(), twin)
        report.assert_violation("gallery-name-unique", "suppressed until", level="advisory", urn=twin)
        report.assert_silent("suppressions")

    @pytest.mark.parametrize(("rule", "until"), [("no-rule", str(TODAY)), ("version-number", "soon")])
    def test_one_that_cannot_be_used_stops_the_deployment(self, pack, rule, until):
        pack.configure(suppressing(self.wrong.urn, until, rule=rule))
        pack.run(self.wrong).assert_violation("suppressions", "suppresses", urn=self.wrong)

    def test_one_for_a_resource_that_is_not_there_is_told(self, pack):
        gone = self.wrong.urn.replace("1.0", "0.9")
        report = pack.configure(suppressing(gone, str(TODAY))).run(version())
        report.assert_violation("suppressions", "0.9 is named by", "is not in the stack", level="advisory", urn=gone)

    def test_one_of_another_stack_is_none_of_this_stacks_business(self, pack):
        other = self.wrong.urn.replace("urn:pulumi:stack::", "urn:pulumi:production::")
        pack.configure(suppressing(other, str(TODAY))).run(version()).assert_silent("suppressions")

    def test_findings_about_suppressions_can_be_switched_off(self, pack):
        config = suppressing(version().urn, str(TODAY), enforcementLevel="disabled")
        pack.configure(config).run(version()).assert_silent("suppressions")


@pytest.mark.parametrize(
    ("config", "level"),
    [({}, "mandatory"), ({"acg:guardrails": "lax.json"}, "advisory"), ({"acg:guardrails": ""}, None)],
    ids=["beside the project", "as configured", "none"],
)
def test_settings_are_those_of_the_project_unless_the_configuration_says_otherwise(
    tmp_path, monkeypatch, config, level
):
    (tmp_path / "Pulumi.yaml").write_text("name: northwind\nruntime: python\n")
    for name, given in (("guardrails.json", "mandatory"), ("lax.json", "advisory")):
        (tmp_path / name).write_text(json.dumps({"version-number": given}))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PULUMI_PROJECT", "northwind")
    monkeypatch.setenv("PULUMI_CONFIG", json.dumps(config))
    assert team_rules().usable().guardrails.levels.get("version-number") == level
