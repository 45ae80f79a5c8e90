"""Subscriptions are named by their ids, and resource groups by their names."""

from typing import Any

import pytest

from acg.catalog.models import Catalog
from acg.desired import lower
from tests.desired.documents import gallery, problems

SUBSCRIPTION = "aaaaaaaa-1111-2222-3333-444444444444"


@pytest.mark.parametrize(
    ("keys", "words", "fix"),
    [
        (
            {"subscription": "Contoso Production"},
            "subscription is 'Contoso Production', needs the id of one",
            "az account show",
        ),
        ({"subscription": f"/subscriptions/{SUBSCRIPTION}"}, "needs the id of one", SUBSCRIPTION),
        ({"resourceGroup": "/subscriptions/x/resourceGroups/rg-1"}, "needs the name of a resource group", "Write rg-1"),
        ({"resourceGroup": "rg/1"}, "resourceGroup is 'rg/1', needs the name of a resource group", "Write 1 to 90 "),
        ({"resourceGroup": "rg."}, "resourceGroup is 'rg.', needs the name of a resource group", "Write 1 to 90 "),
    ],
)
def test_a_scope_is_a_name_and_an_id(keys: dict[str, Any], words: str, fix: str) -> None:
    (problem,) = lower(Catalog.model_validate({"galleries": {"corp": gallery(**keys)}})).problems
    assert problem.code == "ACG007"
    assert words in problem.message
    assert fix in problem.fix


def test_any_name_of_a_resource_group_is_one() -> None:
    assert problems({"galleries": {"corp": gallery(resourceGroup="Größe_(1).a-b")}}) == []
