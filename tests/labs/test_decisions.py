"""The decisions about labs, without Azure: what came of a save, what is known of a catalog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from acg.azure.regions import RegionTable
from acg.azure.version_number import VersionNumber
from acg.catalog.reader import read_catalog
from acg.desired import lower
from acg.labs.found import Definition, Image, Plan, Version
from acg.labs.listing import reasons
from acg.labs.of_catalog import Asked, wanted
from acg.labs.outcome import Answer, Ended, Outcome, outcome
from acg.labs.save import Request
from tests.labs.university import CATALOG, GALLERY, PLAN

SUBSCRIPTION = PLAN.split("/")[2]


def version(number: str, state: str = "Succeeded", **more: Any) -> Version:
    return Version(VersionNumber.parse(number), state, ("westeurope",), 64, **more)


def plan(*versions: Version, listed: bool = True, others: tuple[str, ...] = ()) -> Plan:
    """A plan whose gallery has ``statistics`` with these versions, if there are any, and other definitions."""
    own = [Definition("statistics", "Linux", "Specialized", versions=versions)] if versions else []
    definitions = (*own, *(Definition(one, "Linux", "Specialized") for one in others))
    images = (Image("statistics", True),) if listed else ()
    return Plan("lp", PLAN, "westeurope", (GALLERY,), images, definitions=definitions)


UPDATE, NEW = Request("lab", "statistics", False), Request("lab", "statistics", True)
DONE, FAILED, LOST, REFUSED = (Ended(one) for one in (Answer.SUCCEEDED, Answer.FAILED, Answer.LOST, Answer.REFUSED))
ONE = version("1.0.0")

OUTCOMES = {
    "as asked": (UPDATE, plan(ONE), plan(ONE, version("1.0.1")), DONE, True, ""),
    "a new definition": (NEW, plan(), plan(version("1.0.0")), DONE, True, ""),
    "lost and found": (UPDATE, plan(ONE), plan(ONE, version("1.0.1")), LOST, True, ""),
    "nothing": (
        UPDATE,
        plan(ONE),
        plan(ONE),
        DONE,
        False,
        "Azure says that it saved, but statistics has no new version.",
    ),
    "refused": (UPDATE, plan(ONE), plan(ONE), REFUSED, False, "statistics has no new version."),
    "lost": (UPDATE, plan(ONE), plan(ONE), LOST, False, "look again before you save again"),
    "two": (UPDATE, plan(ONE), plan(ONE, version("1.0.1"), version("1.0.2")), DONE, False, "has 2 new versions"),
    "failed": (UPDATE, plan(ONE), plan(ONE, version("1.0.1", "Failed")), FAILED, False, "1.0.1 is Failed"),
    "at work": (UPDATE, plan(ONE), plan(ONE, version("1.0.1", "Creating")), LOST, False, "is still being created"),
    "not the highest": (
        UPDATE,
        plan(version("2.0.0")),
        plan(version("2.0.0"), version("1.0.1")),
        DONE,
        False,
        "1.0.1 is not the highest version: labs take 2.0.0",
    ),
    "not listed": (
        UPDATE,
        plan(ONE),
        plan(ONE, version("1.0.1"), listed=False),
        DONE,
        False,
        "does not list statistics",
    ),
    "elsewhere": (UPDATE, plan(ONE), plan(ONE, others=("statistics2",)), DONE, False, "another new image definition"),
    "failed, and yet there": (UPDATE, plan(ONE), plan(ONE, version("1.0.1")), FAILED, False, ""),
    "not read": (
        UPDATE,
        plan(ONE),
        replace(plan(ONE), definitions=None, unknown=("A reason.",)),
        DONE,
        False,
        "A reason.",
    ),
}


@pytest.mark.parametrize("case", OUTCOMES)
def test_what_came_of_a_save(case: str) -> None:
    request, before, after, ended, good, words = OUTCOMES[case]
    found = outcome(request, before, after, ended)
    assert found.good is good
    assert words in " ".join(found.sentences)
    assert good or found.sentences or found.said


numbers = st.sets(st.integers(0, 9), max_size=6)
states = st.sampled_from(["Succeeded", "Failed", "Creating", "Updating"])


@given(before=numbers, new=st.dictionaries(st.integers(10, 14), states, max_size=3), ended=st.sampled_from(Answer))
def test_a_save_is_good_only_if_exactly_one_finished_version_is_new(
    before: set[int], new: dict[int, str], ended: Answer
) -> None:
    old = [version(f"1.0.{one}") for one in sorted(before)]
    made = [version(f"1.0.{number}", state) for number, state in new.items()]
    found: Outcome = outcome(UPDATE, plan(*old), plan(*old, *made), Ended(ended))
    finished = len(made) == 1 and made[0].state in {"Succeeded", "Updating"}
    assert found.good is (finished and ended is not Answer.FAILED)
    assert found.version == (made[0] if len(made) == 1 else None)
    assert found.good or found.sentences or found.said  # whatever is not as asked is said


@given(size=st.integers(1, 300), data=st.integers(0, 2), region=st.sampled_from(["westeurope", "northeurope"]))
def test_an_image_without_a_documented_reason_has_none(size: int, data: int, region: str) -> None:
    one = Version(VersionNumber.parse("1.0.0"), "Succeeded", ("westeurope",), size, data)
    found = reasons(Definition("x", "Linux", "Specialized", versions=(one,)), region, RegionTable())
    assert bool(found) is (size >= 128 or data > 0 or region != "westeurope")


# -- what a catalog says -----------------------------------------------------------------------------------------------


def asked(folder: Path, catalog: dict[str, Any], subscription: str | None = SUBSCRIPTION) -> Asked:
    file = folder / "catalog.yaml"
    file.write_text(yaml.safe_dump(catalog))
    lowered = lower(read_catalog(file))
    assert not lowered.problems
    return wanted(lowered, subscription)


def test_ids_are_put_together_of_what_the_catalog_names(tmp_path: Path) -> None:
    (one,) = asked(tmp_path, CATALOG).wanted
    assert (one.id, one.gallery, one.gallery_key) == (PLAN, GALLERY, "teaching")
    assert one.known == {"linux-intro": {"1.0.0"}, "statistics": {"1.0.0"}}


def test_a_gallery_given_by_the_id_of_a_declared_one_is_that_one(tmp_path: Path) -> None:
    plan = CATALOG["labPlans"]["lp-computing"] | {
        "gallery": GALLERY.upper().replace("/SUBSCRIPTIONS", "/subscriptions")
    }
    (one,) = asked(tmp_path, CATALOG | {"labPlans": {"lp-computing": plan}}).wanted
    assert one.gallery_key == "teaching"


@pytest.mark.parametrize(
    ("archive", "regions"),
    [
        ({}, ("northeurope",)),
        ({"defaults": {"targetRegions": ["northeurope", "West Europe"]}}, ("northeurope", "westeurope")),
    ],
    ids=["where the gallery is", "its defaults"],
)
def test_copies_go_where_the_teams_own_gallery_replicates(
    tmp_path: Path, archive: dict[str, Any], regions: tuple[str, ...]
) -> None:
    own = CATALOG["galleries"]["archive"] | archive
    (one,) = asked(tmp_path, CATALOG | {"galleries": CATALOG["galleries"] | {"archive": own}}).wanted
    assert one.home is not None
    assert (one.home.key, one.home.regions) == ("archive", regions)


def test_a_subscription_that_nobody_names_is_a_problem_with_a_place(tmp_path: Path) -> None:
    plan = {key: value for key, value in CATALOG["labPlans"]["lp-computing"].items() if key != "subscription"}
    found = asked(tmp_path, CATALOG | {"labPlans": {"lp-computing": plan}}, None)
    (problem,) = found.problems
    assert (found.wanted, problem.line is not None) == ((), True)
    assert "AZURE_SUBSCRIPTION_ID" in problem.fix
