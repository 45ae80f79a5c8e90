"""Rolling back: what is revoked, what becomes latest, and what is said about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acg.catalog.edit import EditError
from acg.catalog.models import Catalog
from acg.desired.latest import latest
from acg.desired.lower import lower
from acg.refresh.azure import Azure
from acg.refresh.declared import Declared
from acg.refresh.rollback import Rollback, rollback
from acg.state.observed import Consumer, ConsumerKind
from tests.refresh.world import UBUNTU, applied, build, catalog, run, snapshot, version

TODAY = date(2026, 11, 27)
THREE = {f"1.{minor}.0": version(f"ubuntu-{minor}") for minor in range(3)}


def back(document: Any, to: str | None = None, *, image: str = "corp/ubuntu", seen: Any = None) -> Rollback:
    declared = Declared(lower(Catalog.model_validate(document)))
    return rollback(declared, Azure(seen), image, "boot loop", TODAY, to)


def latest_after(document: Any, done: Rollback) -> dict[str, str]:
    return latest(lower(Catalog.model_validate(applied(document, done.edits))).usable())["corp/ubuntu"]


@pytest.mark.parametrize(
    ("to", "revoked", "becomes"),
    [(None, ("1.2.0",), "1.1.0"), ("1.1.0", ("1.2.0",), "1.1.0"), ("1.0.0", ("1.2.0", "1.1.0"), "1.0.0")],
)
def test_all_above_what_is_gone_back_to_is_revoked(to: str | None, revoked: Any, becomes: str) -> None:
    document = catalog(THREE)
    done = back(document, to)

    assert done.revoked == revoked
    assert latest_after(document, done) == dict.fromkeys(["eastus2", "northeurope", "westeurope"], becomes)
    assert {region: after for region, _, after in done.latest} == latest_after(document, done)
    assert done.edits[0].value == {"reason": "boot loop", "on": "2026-11-27"}


def test_a_region_that_says_false_is_excluded_all_the_same() -> None:
    stubborn = {"name": "northeurope", "excludeFromLatest": False}
    document = catalog({"1.0.0": version("a"), "1.1.0": version("b", targetRegions=[stubborn])})

    assert latest_after(document, back(document))["northeurope"] == "1.0.0"


def test_what_is_revoked_is_neither_promoted_nor_published_again() -> None:
    document = catalog({"1.0.0": version("ubuntu-0"), "1.1.0": version("ubuntu-1", {"northeurope": "2026-11-20"})})
    after = applied(document, back(document).edits)

    assert run(after, snapshot(after, [build("ubuntu-1", "2026-11-19T00:00:00+00:00")])).decisions == ()


def test_a_second_rollback_goes_back_further() -> None:
    document = catalog(THREE)
    after = applied(document, back(document).edits)

    assert back(after).revoked == ("1.1.0",)


@pytest.mark.parametrize(
    ("document", "to", "message"),
    [
        (catalog({"1.0.0": version()}), None, "corp/ubuntu has no version to go back to: publish a good one first"),
        (catalog({}), None, "corp/ubuntu has no version to go back to"),
        (catalog(THREE), "1.5.0", "corp/ubuntu has no version 1.5.0 that this catalog publishes"),
        (catalog(THREE), "1.2.0", "there is nothing above 1.2.0 to revoke in corp/ubuntu"),
        (
            catalog({**THREE, "1.1.0": version(revoked={"reason": "a", "on": "2026-11-01"})}),
            "1.1.0",
            "corp/ubuntu 1.1.0 cannot be gone back to: it is revoked or retired",
        ),
        (
            catalog({"1.0.0": version(targetRegions=["northeurope"]), "1.1.0": version()}),
            None,
            "corp/ubuntu would have no version left in eastus2: publish a good one there first",
        ),
    ],
)
def test_nobody_is_left_without_a_version(document: Any, to: str | None, message: str) -> None:
    with pytest.raises(EditError, match=message):
        back(document, to)


def test_a_line_is_rolled_back_alone() -> None:
    sources = {"managedImages": {"resourceGroup": "builds"}}
    document = catalog(
        {number: version(number) for number in ("1.31.0", "1.31.1", "1.32.0", "1.32.1")},
        refresh_=[{"line": line, "policy": "p", "from": sources} for line in ("1.31", "1.32")],
    )

    assert back(document, "1.31.0").revoked == ("1.31.1",)
    with pytest.raises(EditError, match="several lines: name the version to go back to with --to"):
        back(document)


@pytest.mark.parametrize(("image", "found"), [("ubuntu", True), ("corp/ubuntu", True), ("debian", False)])
def test_an_image_goes_by_its_name(image: str, found: bool) -> None:
    if found:
        assert back(catalog(THREE), image=image).image == "corp/ubuntu"
    else:
        with pytest.raises(EditError, match=r"the catalog has no image debian$"):
            back(catalog(THREE), image=image)


@pytest.mark.parametrize("image", ["Ubuntu", "ubunut", "corp/Ubuntu"])
def test_the_message_about_a_misspelt_image_names_the_one_that_was_meant(image: str) -> None:
    meant = "corp/ubuntu" if "/" in image else "ubuntu"
    with pytest.raises(EditError, match=f"the catalog has no image {image}: write {meant}$"):
        back(catalog(THREE), image=image)


def test_the_command_does_the_same_at_once() -> None:
    [command] = back(catalog(THREE)).commands

    assert command == (
        "az sig image-version update --subscription SUBSCRIPTION --resource-group rg --gallery-name corp "
        "--gallery-image-definition ubuntu --gallery-image-version 1.2.0 "
        "--set publishingProfile.excludeFromLatest=true 'publishingProfile.targetRegions[0].excludeFromLatest=true' "
        "'publishingProfile.targetRegions[1].excludeFromLatest=true' "
        "'publishingProfile.targetRegions[2].excludeFromLatest=true'"
    )


def test_who_runs_it_is_counted_and_copies_are_named() -> None:
    document = catalog(THREE)
    images = document["galleries"]["corp"]["images"]
    images["copy"] = {**images["ubuntu"], "identifier": {"publisher": "a", "offer": "b", "sku": "copy"}}
    images["copy"]["versions"] = {"3.0.0": {"source": {"version": f"{UBUNTU}/versions/1.2.0"}}}
    machines = Consumer(None, ConsumerKind.MACHINE, "westeurope", UBUNTU, None, ("1.2.0",), number=12)
    done = back(document, seen=snapshot(catalog(THREE), consumers=[machines]))

    assert done.copies == ("corp/copy/3.0.0",)
    assert (done.consumers, done.unknown) == (12, ())
    assert back(document).consumers is None
