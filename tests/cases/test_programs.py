"""Raw programs after public reports, with the real engine: refused by the pack before anything is sent."""

import re
from pathlib import Path

import pytest

from tests.embedded import Embedded
from tests.policies.test_real_engine import guarded, sent, violations

pytestmark = pytest.mark.engine

CASES = Path(__file__).parent


def program(azure: Embedded, case: str) -> Path:
    return azure.project((CASES / case / "program.py").read_text())


@pytest.mark.parametrize(
    ("case", "policy", "says"),
    [
        ("premium_v2_data_disk", "machine-disks", ["has a Premium SSD v2 disk", "is a Premium SSD v2 disk"]),
        ("scale_set_automatic_upgrade", "automatic-upgrade-image", ["upgrades automatically and is pinned to v"]),
        (
            "standard_machine_from_trusted_launch_image",
            "machine-security-type",
            ["which is TrustedLaunch, and has the security type Standard"],
        ),
    ],
)
def test_the_preview_refuses_it(azure: Embedded, case: str, policy: str, says: list[str]) -> None:
    project = program(azure, case)
    output = azure.pulumi("preview", *guarded(project), cwd=project, fails=True)
    assert {name for name, level in violations(output).items() if level == "mandatory"} == {policy}
    assert all(text in output for text in says)
    assert sent(azure) == []


def test_the_preview_refuses_each_machine_that_cannot_boot(azure: Embedded) -> None:
    project = program(azure, "machines_that_cannot_boot")
    output = azure.pulumi("preview", *guarded(project), cwd=project, fails=True)
    assert set(re.findall(r"\[mandatory\] \[.*?\] +([a-z-]+) ", output)) == {
        "machine-generation",
        "machine-architecture",
        "machine-size-security",
        "image-reference",
        "managed-image-source",
    }
    assert sent(azure) == []


def test_only_azure_knows_what_a_scale_set_booted_before(azure: Embedded) -> None:
    project = program(azure, "scale_set_changes_image_type")
    azure.pulumi("up", "--yes", "--skip-preview", *guarded(project), cwd=project)
    output = azure.pulumi("up", "--yes", "--skip-preview", *guarded(project), cwd=project, fails=True, STEP="2")
    assert "The Image type for a Virtual Machine Scale Set may not be changed." in output
