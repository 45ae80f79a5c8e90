"""`acg check` names the line of what labs would not list, and of a principal that is none."""

from pathlib import Path

import pytest

from acg.azure.lab_services import PLANS_APPLICATION
from acg.cli.main import run

EXAMPLE = (Path(__file__).resolve().parents[3] / "examples" / "labs.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("expectedSizeGB: 64", "expectedSizeGB: 129", "expectedSizeGB: 129", "ACG855"),
        ("  targetRegions: [westeurope]", "  targetRegions: [northeurope]", "targetRegions: [northeurope]", "ACG856"),
        ("7d3f9b52-4c1e-4a86-b0f7-2e9c5d8a1f40", PLANS_APPLICATION, "servicePrincipal:", "ACG853"),
        ("gallery: teaching", f"gallery: /subscriptions/{'1' * 8}-1111-1111-1111-{'1' * 12}/x", "gallery:", "ACG852"),
    ],
)
def test_the_line_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, line: str, rule: str
) -> None:
    assert old in EXAMPLE
    text = EXAMPLE.replace(old, new)
    if rule == "ACG852":
        text = text.replace("    servicePrincipal", "    # servicePrincipal")
    catalog = tmp_path / "labs.yaml"
    catalog.write_text(text, encoding="utf-8")
    assert run(["check", str(catalog)]) == 1
    number = next(place for place, each in enumerate(text.splitlines(), 1) if line in each)
    found = capsys.readouterr().out
    assert any(f"labs.yaml:{number}:" in each and f"error {rule}" in each for each in found.splitlines()), found


def test_the_example_has_no_error(tmp_path: Path) -> None:
    catalog = tmp_path / "labs.yaml"
    catalog.write_text(EXAMPLE, encoding="utf-8")
    assert run(["check", str(catalog)]) == 0
