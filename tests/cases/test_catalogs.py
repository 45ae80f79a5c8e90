"""Catalogs after public reports: what `acg check` says of each."""

import shutil
from pathlib import Path

import pytest

from acg.cli.main import run

CASES = Path(__file__).parent


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Check a copy of a case that lies in no project, and give the exit code and what was printed."""
    monkeypatch.chdir(tmp_path)

    def check(file: str, *options: str) -> tuple[int, str]:
        copy = shutil.copy(CASES / file, tmp_path)
        code = run(["check", Path(copy).name, *options])
        return code, capsys.readouterr().out

    return check


@pytest.mark.parametrize(
    ("file", "rule", "reason"),
    [
        ("confidential_packer_template/catalog.yaml", "security-type-source", "security data is not known"),
        ("image_in_another_region/catalog.yaml", "source-region", "the region of its source is not known"),
        ("generation_left_out/step1.yaml", "source-matches-definition", "V1 is chosen and can never be changed"),
        ("generation_left_out/step3-retire.yaml", "source-matches-definition", "V1 is chosen"),
    ],
)
def test_what_is_not_known_is_said_and_refused_by_none(check, file: str, rule: str, reason: str):
    code, printed = check(file)
    assert (code, " error " in printed, " warning " in printed) == (0, False, False), printed
    assert any(rule in line and reason in line for line in printed.splitlines()), printed


@pytest.mark.parametrize("file", ["generation_left_out/step2.yaml", "generation_left_out/step4-fixed.yaml"])
def test_a_declared_generation_is_no_default(check, file: str):
    assert "V1 is chosen" not in check(file)[1]


def test_the_way_out_of_a_wrong_generation_is_named(check):
    assert "retire: true" in check("generation_left_out/step1.yaml", "--format", "json")[1]


def test_what_sources_disagree_about_is_a_warning(check):
    code, printed = check("customer_key_on_trusted_launch/catalog.yaml")
    assert code == 0, printed
    assert "trusted-launch-keys" in printed
    assert ", 1 warning, " in printed.splitlines()[-1] or ": 1 warning, " in printed.splitlines()[-1]


@pytest.mark.parametrize("file", ["direct_virtualization_features/catalog.yaml", "edge_zone_only/deploys.yaml"])
def test_what_azure_takes_is_refused_by_none(check, file: str):
    code, printed = check(file)
    assert code == 0, printed


def test_features_of_a_later_api_version_are_known(check):
    assert "feature-values" not in check("direct_virtualization_features/catalog.yaml")[1]


def test_the_notation_of_the_cli_is_translated(check):
    code, printed = check("edge_zone_only/catalog.yaml")
    assert code == 2
    assert "Write {name: westus, regionalReplicaCount: 1, storageAccountType: Standard_ZRS}" in printed
