"""What the components are told by the stack's configuration and by the project's folder."""

import json
import re
from pathlib import Path

import pytest
import yaml
from pulumi_acg import Gallery
from pulumi_acg._given import ArgsError
from pulumi_acg._providers import _LOGIN, _SECRET
from pulumi_acg._refuse import _SETTINGS, findings
from pulumi_acg.args import GalleryArgs
from pulumi_azure_native.config.vars import _ExportableConfig

from acg.catalog.reader import read_catalog
from acg.desired import lower
from acg.errors import InputError
from tests.components.mocked import run
from tests.contract.rows import catalog, version

ROOT = Path(__file__).parents[2]


@pytest.fixture
def codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The codes of what the rules refuse of a version without three numbers, by settings of a stack and of files."""
    import pulumi

    (tmp_path / "Pulumi.yaml").write_text("name: project\n")
    (tmp_path / "catalog.yaml").write_text(catalog(version("1.0")))
    monkeypatch.chdir(tmp_path)

    def found(config: dict[str, str], files: dict[str, object]) -> list[str]:
        for name, content in files.items():
            (tmp_path / name).write_text(json.dumps(content))
        collected: list[str] = []

        def program() -> None:
            pulumi.runtime.set_all_config(config)
            lowered = lower(read_catalog(tmp_path / "catalog.yaml"))
            collected.extend(finding.rule.code for finding in findings(lowered))

        run(program)
        return collected

    yield found
    pulumi.runtime.set_all_config({})


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The configuration of a stack whose project is an empty folder."""
    import pulumi

    (tmp_path / "Pulumi.yaml").write_text("name: project\n")
    monkeypatch.chdir(tmp_path)
    yield pulumi.runtime.set_all_config
    pulumi.runtime.set_all_config({})


OFF = {"version-number": "disabled"}


@pytest.mark.parametrize(
    ("config", "files", "expected"),
    [
        ({}, {}, ["ACG103"]),
        ({}, {"guardrails.json": OFF}, []),
        ({"acg:guardrails": "strict.json"}, {"guardrails.json": OFF, "strict.json": {}}, ["ACG103"]),
        ({"acg:guardrails": "lax.json"}, {"lax.json": OFF}, []),
        ({"acg:guardrails": ""}, {"guardrails.json": OFF}, ["ACG103"]),
        ({}, {"Guardrails.JSON": OFF}, []),
        ({"azure-native:location": "westeurope"}, {}, ["ACG103"]),
    ],
)
def test_settings_are_beside_the_project_or_where_the_configuration_says(codes, config, files, expected):
    assert codes(config, files) == expected


@pytest.mark.parametrize(
    ("config", "files", "says"),
    [
        ({"acg:protectt": "false"}, {}, "acg:protectt in the stack's configuration is not a setting"),
        ({"acg:guardrail": "x.json"}, {}, "Did you mean acg:guardrails?"),
        ({"acg:guardrails": "gone.json"}, {}, "cannot be read"),
        ({}, {"guardrails.json": {"version-numbr": "disabled"}}, "Did you mean version-number?"),
        ({}, {"guardrails.json": None}, "is not a JSON object"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(codes, config, files, says):
    with pytest.raises(InputError) as refused:
        codes(config, files)
    assert says in str(refused.value)


def test_what_the_program_reads_is_a_setting():
    read = re.findall(r'config\.\w+\("(\w+)"', (ROOT / "__main__.py").read_text())
    described = [key.removeprefix("acg:") for key in yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]]
    assert {*read, *described} <= {*_SETTINGS}
    assert "galleries" in read


@pytest.mark.parametrize(
    ("switch", "protected"),
    [(None, [True, False]), ("as-declared", [True, False]), ("false", [False, False]), ("true", [True, True])],
)
def test_the_stack_s_switch_decides_over_the_args(settings, switch, protected):
    settings({} if switch is None else {"acg:protect": switch})
    args: GalleryArgs = {"location": "westeurope", "resource_group": "rg"}
    found = run(lambda: [Gallery("kept", args), Gallery("loose", {**args, "protect": False})])
    assert [found.of(name).protect for name in ("kept", "loose")] == protected


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"acg:protect": "perhaps"}, "settings: Configuration 'acg:protect' value 'perhaps' is not a valid 'bool'"),
        (
            {"acg:guardrail": "x.json"},
            "settings: ACG022 wrong-setting: acg:guardrail in the stack's configuration is not a setting. "
            "Did you mean acg:guardrails?",
        ),
    ],
)
def test_a_component_says_on_one_line_what_is_wrong_with_the_settings(settings, monkeypatch, config, says):
    monkeypatch.setattr("pulumi_acg._component.findings", findings)
    settings(config)

    def program() -> None:
        with pytest.raises(ArgsError) as refused:
            Gallery("corp", {"location": "westeurope", "resource_group": "rg"})
        assert str(refused.value) == f"corp has errors:\n  {says}"

    run(program)


def test_a_provider_of_another_subscription_logs_in_by_whatever_the_stack_s_configuration_says() -> None:
    """Which subscription and region are its own; all else that azure-native reads from there is taken over."""
    names = [name for name, one in vars(_ExportableConfig).items() if isinstance(one, property)]
    words = [name.split("_") for name in names if name not in ("subscription_id", "location")]
    assert names
    assert {*_LOGIN, *_SECRET} == {word[0] + "".join(map(str.capitalize, word[1:])) for word in words}
