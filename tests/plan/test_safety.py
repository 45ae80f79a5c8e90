"""What a plan says of guardrails.json, and of suppressions in a catalog."""

from __future__ import annotations

from typing import Any

import pytest

from acg.plan.classify.safety import guardrails
from acg.plan.model import Action
from acg.rules.guardrails import Guardrails
from acg.rules.guardrails_file import read_guardrails
from tests.plan.catalogs import Json, catalog
from tests.plan.test_outside import planned, state

URN = "urn:pulumi:prod::images::azure-native:compute:Gallery::corp"
QUOTA = {"rule": "quota", "reason": "More is agreed.", "until": "2027-03-31"}


def read(settings: Any) -> Guardrails:
    found, problems = read_guardrails(settings)
    assert not problems
    return found


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"quota": "disabled"}, ["changes quota.enforcementLevel from none to disabled"]),
        ({"quota": "advisory"}, {"quota": "mandatory"}, ["changes quota.enforcementLevel from advisory to mandatory"]),
        (
            {"quota": {"enforcementLevel": "advisory", "warnFrom": 50}},
            {"quota": {"enforcementLevel": "advisory", "warnFrom": 90}},
            ["changes quota.warnFrom from 50 to 90"],
        ),
        (
            {"quota": "advisory", "suppressions": {"enforcementLevel": "advisory", "entries": [{**QUOTA, "urn": URN}]}},
            {"quota": "advisory"},
            [
                "changes suppressions.enforcementLevel from advisory to none",
                f'changes suppressions.{URN}.quota from {{"reason": "More is agreed.", "until": "2027-03-31"}} to none',
            ],
        ),
        ({"quota": "advisory"}, {"quota": "advisory"}, []),
    ],
)
def test_each_edit_of_guardrails_is_a_change_of_safety(before: Any, after: Any, said: list[str]) -> None:
    changes = list(guardrails(read(before), read(after)))
    assert [one.summary for one in changes] == said
    assert all((one.action, one.resource.title) == (Action.SAFETY, "guardrails.json") for one in changes)


def suppressing(*listed: Json) -> Json:
    made = catalog()
    made["galleries"]["corp"]["suppress"] = list(listed)
    return made


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (catalog(), suppressing(QUOTA), ["suppresses quota until 2027-03-31: More is agreed."]),
        (suppressing(QUOTA), catalog(), ["no longer suppresses quota"]),
        (
            suppressing(QUOTA),
            suppressing({**QUOTA, "until": "2028-03-31"}),
            ["suppresses quota until 2028-03-31: More is agreed."],
        ),
        (suppressing(QUOTA), suppressing(QUOTA), []),
    ],
)
def test_each_edit_of_a_suppression_is_a_change_of_safety(before: Json, after: Json, said: list[str]) -> None:
    changes = planned(state(before), after).changes
    assert [one.summary for one in changes] == said
    assert all((one.action, one.resource.title) == (Action.SAFETY, "gallery corp") for one in changes)


def test_a_new_resource_brings_its_suppressions() -> None:
    made = suppressing(QUOTA)
    made["galleries"]["second"] = {**made["galleries"].pop("corp"), "resourceGroup": "rg-2"}
    both = {"galleries": {**catalog()["galleries"], **made["galleries"]}}
    changes = [one for one in planned(state(catalog()), both).changes if one.action is Action.SAFETY]
    assert [(one.resource.title, one.summary) for one in changes] == [
        ("gallery second", "suppresses quota until 2027-03-31: More is agreed.")
    ]
