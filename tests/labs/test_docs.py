"""What docs/labs.md says can be done; its commands are run by test_last_semester."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from acg.azure.lab_services import END
from acg.catalog.reader import read_catalog
from acg.desired import lower
from acg.live.labs.roles import ROLES
from acg.rules.declared import check_lowered

DOC = (Path(__file__).parents[2] / "docs/labs.md").read_text()
SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg"


def test_the_shortest_plan_is_a_catalog_that_breaks_no_rule(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL)
    file = tmp_path / "catalog.yaml"
    file.write_text(text.replace("/subscriptions/…/resourceGroups/…", SUBSCRIPTION))
    reading = read_catalog(file)
    lowered = lower(reading)
    assert not (*reading.problems, *lowered.problems)
    assert not check_lowered(lowered, today=date(2026, 11, 27)).errors


def test_the_end_of_the_service_is_that_of_the_rules() -> None:
    assert END.isoformat() in DOC


@pytest.mark.parametrize("action", ["enable", "save"])
def test_the_roles_are_those_that_messages_name(action: str) -> None:
    table = DOC[DOC.index("## Who may do what") : DOC.index("## What labs list")]
    assert all(role in table for role in re.split(r", | or ", ROLES[action]))
