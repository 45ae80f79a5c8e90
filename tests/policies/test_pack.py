"""The pack as Pulumi lists it: one policy for each rule, with all that is said about the rule."""

import subprocess
import sys

import jsonschema
import pytest

from acg.rules import all_rules
from acg.testing import load_pack, start_pack
from tests.policies.conftest import POLICIES, definition, gallery, version

OWN = {"guardrails", "suppressions", "own-rules"}


def test_every_rule_is_a_policy(pack):
    assert set(pack.policies) == set(all_rules()) | OWN


@pytest.fixture(scope="module")
def listed():
    """All policies, listed once."""
    with load_pack(POLICIES) as pack:
        return pack.policies


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.name)
def test_a_policy_says_what_its_rule_says(rule, listed):
    policy = listed[rule.name]
    assert policy.description == rule.summary
    assert policy.remediation_steps == rule.fix
    assert policy.url == (rule.source or "")
    assert policy.severity == {"error": "high", "warning": "low"}[rule.severity]
    level = "disabled" if rule.kind == "guard" else "mandatory" if rule.severity == "error" else "advisory"
    assert policy.level == level
    fields = rule.settings.model_fields.values() if rule.settings else ()
    assert set(policy.settings) == {field.alias for field in fields}


def test_schemas_stand_alone_and_have_no_defaults(pack):
    """Pulumi follows no reference, and hands a default on as if a user had set it."""
    for policy in pack.policies.values():
        for setting in policy.settings.values():
            jsonschema.Draft7Validator.check_schema(setting)
            assert "$ref" not in repr(setting)
            assert "default" not in setting


def test_the_pack_is_the_same_over_grpc(pack):
    with start_pack(POLICIES) as started:
        assert started.policies == pack.policies
        resources = (gallery(), definition(), version("1.0"))
        assert started.run(*resources) == pack.run(*resources)


def test_what_every_rule_passes_is_refused_by_none(pack):
    report = pack.run(gallery(), definition(), version())
    assert report.mandatory == ()
    assert report.skipped == ()


@pytest.mark.parametrize(
    "token", ["azure-native:compute:GalleryImageVersion", "azure-native:compute/v20250303:GalleryImageVersion"]
)
def test_whoever_wrote_it_and_with_whichever_api_version(pack, token):
    resource = version("1.0")
    written = type(resource)(token, resource.inputs, name="made-elsewhere")
    pack.analyze(written).assert_violation("version-number", "made-elsewhere", "has 2 parts, needs 3")


@pytest.mark.parametrize(
    "token", ["azure-native:storage:StorageAccount", "aws:s3:Bucket", "pulumi:providers:azure-native"]
)
def test_other_types_are_none_of_its_business(pack, token):
    pack.run(type(version())(token, version("1.0").inputs)).assert_clean()


def test_it_starts_without_azure_native():
    code = (
        "import runpy, sys, pulumi_policy\n"
        "pulumi_policy.PolicyPack = lambda *_, **__: None\n"
        f"runpy.run_path({str(POLICIES)!r}, run_name='__main__')\n"
        "print([name for name in sys.modules if name.startswith(('pulumi_azure_native', 'rich', 'click'))])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=POLICIES)
    assert ran.stdout.strip() == "[]"


def test_another_servicer_may_not_pass_what_it_cannot_judge():
    """Were the SDK to serve these policies itself, it would find nothing to run and report nothing."""
    code = (
        "from acg.rules import all_rules\n"
        "from acg_policies.policies import policies_of\n"
        "from acg.testing import Resource, in_process\n"
        "in_process(*policies_of(all_rules().values())).analyze(Resource('a:b:C'))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=POLICIES)
    assert ran.returncode != 0
    assert "goes with another version of pulumi-policy" in ran.stderr


def test_severity_is_the_weight_of_the_failure(pack):
    assert pack.analyze(version("1.0")).assert_violation("version-number").severity == "high"
    undecided = pack.run(version()).assert_violation("disk-size", "not checked yet for", level="advisory")
    assert undecided.severity == "low"
