"""The examples of docs/policies.md do what they say."""

import json
import re

from google.protobuf.empty_pb2 import Empty

from acg.rules.guardrails_file import load_team_rules
from acg.testing import load_pack, start_pack
from tests.policies.conftest import POLICIES, version

TEXT = (POLICIES.parent / "docs" / "policies.md").read_text()


def blocks(language: str) -> list[tuple[str, str]]:
    """Title and text of each fenced block of a language."""
    return re.findall(rf'^```{language}(?: title="(.*?)")?\n(.*?)^```', TEXT, re.MULTILINE | re.DOTALL)


def test_the_settings_can_be_used(pack):
    (_, text), _ = blocks("json")
    assert pack.configure(json.loads(text)).analyze_stack().mandatory == ()


def test_the_folder_of_own_rules_can_be_named(tmp_path):
    _, (_, text) = blocks("json")
    write_example(tmp_path / "your-rules")
    (tmp_path / "guardrails.json").write_text(text)
    team = load_team_rules(tmp_path / "guardrails.json").usable()
    assert team.guardrails.level(team.rules["two-regions"]) == "mandatory"


def test_a_pack_of_ones_own_serves_our_rules(tmp_path):
    files = {title: text for language in ("text", "yaml", "python") for title, text in blocks(language) if title}
    for name in ("requirements.txt", "PulumiPolicy.yaml", "__main__.py"):
        (tmp_path / name).write_text(files[f"your-pack/{name}"])
    with start_pack(tmp_path) as pack:
        pack.run(version("1.0")).assert_violation("version-number")
        assert pack._call("GetAnalyzerInfo", Empty()).name == "your-team"


def write_example(folder):
    folder.mkdir()
    (title, text), *_ = blocks("python")
    (folder / title.rpartition("/")[2]).write_text(text)


def test_the_rule_and_its_test_work(monkeypatch, tmp_path):
    (rule, rule_text), _, (_, test_text) = blocks("python")
    (tmp_path / rule.rpartition("/")[2]).write_text(rule_text)
    monkeypatch.setenv("ACG_RULES", str(tmp_path))
    monkeypatch.chdir(POLICIES.parent)
    written: dict = {}
    exec(compile(test_text, "docs/policies.md", "exec"), written)  # noqa: S102  # the documentation of this repository
    written["test_two_regions"]()


def test_the_message_at_the_top_is_one_that_the_pack_gives():
    with load_pack(POLICIES) as pack:
        policy = pack.policies["data-disk-size"]
    shown = blocks("console")[0][1]
    assert policy.description in shown
    assert f"fix   {policy.remediation_steps}" in shown
