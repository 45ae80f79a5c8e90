"""A condition says where a rule has nothing to judge; what is not known turns no rule off."""

from collections.abc import Iterator
from typing import Any

import pytest

from acg.rules import Report, azure_rule, check_resources
from acg.rules.examples import TODAY, UNKNOWN, version
from acg.rules.index import ResourceIndex
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion


def is_in_west_europe(version: ImageVersion, index: ResourceIndex) -> bool:
    if version.text("description") == "broken":
        raise ZeroDivisionError
    return version.location == "westeurope"


@azure_rule(
    code="ACG100",
    name="conditional",
    looks_at=ImageVersion,
    only_if=is_in_west_europe,
    why="Because.",
    fix="Fix it.",
    source="https://example.com",
)
def conditional(version: ImageVersion) -> Iterator[Outcome]:
    yield version.fails(f"is in {version.location}", "location")


def check(**inputs: Any) -> Report:
    return check_resources([version(**inputs)], today=TODAY, rules=[conditional])


@pytest.mark.parametrize(("location", "said"), [("westeurope", ["is in westeurope"]), ("northeurope", [])])
def test_a_condition_that_does_not_hold_ends_the_matter(location: str, said: list[str]) -> None:
    assert [one.message for one in check(location=location).findings] == said


def test_a_condition_that_is_not_known_leaves_it_to_the_rule() -> None:
    report = check(location=UNKNOWN)
    assert [one.reason for one in report.undecided] == ["location is known only after deployment"]


def test_a_condition_that_breaks_leaves_it_to_the_rule() -> None:
    assert [one.message for one in check(description="broken").findings] == ["is in westeurope"]
