"""A folder of the user's own rules beside ours."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from acg.rules import all_rules
from acg.testing import load_pack, start_pack
from tests.policies.conftest import POLICIES, version

OWN = Path(__file__).parent / "own_rules"
TWO_REGIONS = version(
    with_inputs={"publishingProfile": {"targetRegions": [{"name": "westeurope"}, {"name": "North Europe"}]}}
)


def test_own_rules_are_policies_as_ours_are(monkeypatch):
    monkeypatch.setenv("ACG_RULES", str(OWN))
    with load_pack(POLICIES) as pack:
        assert set(pack.policies) == {*all_rules(), "latest-only-here", "guardrails", "suppressions", "own-rules"}
        policy = pack.policies["latest-only-here"]
        assert (policy.level, policy.settings) == ("disabled", {"region": {"type": "string"}})
        pack.analyze(TWO_REGIONS).assert_silent("latest-only-here")
        pack.configure({"latest-only-here": "mandatory"})
        pack.analyze(TWO_REGIONS).assert_violation("latest-only-here", "counts as latest in northeurope")
        pack.configure({"latest-only-here": {"enforcementLevel": "mandatory", "region": "eastus"}})
        pack.analyze(TWO_REGIONS).assert_silent("latest-only-here")
        pack.configure({"latest-only-her": "mandatory"})
        pack.analyze(TWO_REGIONS).assert_violation("guardrails", "latest-only-here?")


def test_own_rules_can_be_suppressed(monkeypatch):
    monkeypatch.setenv("ACG_RULES", str(OWN))
    entry = {"urn": TWO_REGIONS.urn, "rule": "ACG950", "reason": "a test", "until": str(datetime.now(UTC).date())}
    config = {"latest-only-here": "mandatory", "suppressions": {"entries": [entry]}}
    with start_pack(POLICIES, config=config) as pack:
        report = pack.run(TWO_REGIONS)
    report.assert_violation("latest-only-here", "suppressed until", level="advisory")
    report.assert_silent("suppressions")


TEXT = (OWN / "latest_only_here.py").read_text()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = 1", "declares no rule"),
        ("x = ", "cannot be loaded: SyntaxError"),
        ("import nowhere_to_be_found", "cannot be loaded: ModuleNotFoundError"),
        (TEXT.replace("ACG950", "ACG103"), "both have the code ACG103"),
        (TEXT.replace("latest-only-here", "version-number"), "two rules have one name"),
    ],
)
def test_a_folder_that_cannot_be_used_says_why(monkeypatch, tmp_path, text, says):
    (tmp_path / "rule.py").write_text(text)
    monkeypatch.setenv("ACG_RULES", str(tmp_path))
    with load_pack(POLICIES) as pack:
        pack.configure({"version-number": "disabled"})
        found = pack.run(TWO_REGIONS).assert_violation("guardrails", says, level="mandatory")
    assert "\nfix   " in found.message


@pytest.mark.parametrize("folder", ["own_rules", "/no/such/folder"])
def test_a_folder_is_given_by_its_whole_path(monkeypatch, folder):
    monkeypatch.setenv("ACG_RULES", folder)
    with load_pack(POLICIES) as pack:
        pack.run(TWO_REGIONS).assert_violation("guardrails", f"{folder} holds no rules", level="mandatory")
