"""The picture of a plan: what each version is in each region, before and after."""

from __future__ import annotations

from acg.report.plan.grid import Picture
from acg.report.plan.picture import picture
from tests.plan.catalogs import Json, catalog, replicas, storage, version
from tests.plan.test_outside import planned, state


def of(before: Json, after: Json) -> dict[tuple[str, str], tuple[str, ...]]:
    """The words of the cells that differ, by version and region."""
    one, two = state(before), state(after)
    found: Picture = picture(one, two, planned(one, after).changes)
    return {
        (row.version, region): cell.words
        for grid in found.grids
        for row in grid.rows
        for region, cell in zip(grid.regions, row.cells, strict=True)
        if cell.words
    }


def test_a_cell_says_what_changes() -> None:
    assert of(catalog(), catalog(replicas(4))) == {("1.1.0", "westeurope"): ("was 3 × ZRS",)}


def test_a_cell_says_that_its_change_is_refused() -> None:
    def north(made: Json) -> None:
        version(made)["targetRegions"][1] = {"name": "northeurope", "regionalReplicaCount": 2}

    assert of(catalog(), catalog(storage("Premium_LRS"), north)) == {
        ("1.1.0", "westeurope"): ("refused", "was 3 × ZRS"),
        ("1.1.0", "northeurope"): ("was 1 × LRS",),
    }


def test_a_version_that_cannot_be_deleted_is_refused_everywhere() -> None:
    def less(made: Json) -> None:
        del made["galleries"]["corp"]["images"]["web"]["versions"]["1.1.0"]

    found = of(catalog(), catalog(less))
    assert {words[0] for (number, _), words in found.items() if number == "1.1.0"} == {"refused"}
    assert found["1.0.0", "westeurope"] == ("becomes latest",)
