"""The examples of docs/policies.md do what they say."""

import json
import re

import pytest
import yaml

from acg.testing import load_pack
from tests.policies.conftest import POLICIES

TEXT = (POLICIES.parent / "docs" / "policies.md").read_text()


def blocks(language: str) -> list[tuple[str, str]]:
    """Title and text of each fenced block of a language."""
    return re.findall(rf'^```{language}(?: title="(.*?)")?\n(.*?)^```', TEXT, re.MULTILINE | re.DOTALL)


def test_the_settings_can_be_used(pack):
    ((_, text),) = blocks("json")
    assert pack.configure(json.loads(text)).analyze_stack().mandatory == ()


def test_the_rule_and_its_test_work(monkeypatch, tmp_path):
    (rule, rule_text), (_, test_text) = blocks("python")
    (tmp_path / rule.rpartition("/")[2]).write_text(rule_text)
    monkeypatch.setenv("ACG_RULES", str(tmp_path))
    monkeypatch.chdir(POLICIES.parent)
    written: dict = {}
    exec(compile(test_text, "docs/policies.md", "exec"), written)  # noqa: S102  # the documentation of this repository
    written["test_two_regions"]()


@pytest.mark.parametrize("text", [text for _, text in blocks("yaml")])
def test_pipelines_are_yaml_and_pin_what_they_use(text):
    pipeline = yaml.safe_load(text)
    for action in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
    if "jobs" in pipeline:
        assert pipeline["permissions"] == {}
        assert pipeline["jobs"]["preview"]["permissions"] == {"contents": "read", "id-token": "write"}


def test_the_message_at_the_top_is_one_that_the_pack_gives():
    with load_pack(POLICIES) as pack:
        policy = pack.policies["data-disk-size"]
    shown = blocks("console")[0][1]
    assert policy.description in shown
    assert f"fix   {policy.remediation_steps}" in shown
