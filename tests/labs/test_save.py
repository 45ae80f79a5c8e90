"""`acg labs save`: sent once, or not at all, and always a true account of what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from acg.cli.main import run
from tests.labs.university import ACCOUNT, CATALOG, GALLERIES, GALLERY, LABS, PLAN, University, image, lab, version

SAVED = ["POST Microsoft.LabServices/labPlans/lp-computing/saveImage"]


def entries(out: str) -> Any:
    """The YAML at the end of what was printed."""
    return yaml.safe_load(out.split("outlives the labs\n")[1])


# -- what it makes -----------------------------------------------------------------------------------------------------


def test_a_save_under_an_existing_name_makes_the_next_version(uni: University) -> None:
    done = uni.save("--update", "statistics")
    assert (done.code, uni.versions("statistics"), uni.writes()) == (0, ["1.0.0", "1.0.1"], SAVED)
    assert "saved statistics 1.0.1: Succeeded, 64 GB, 1 replica in West Europe" in done.out


def test_a_save_under_a_new_name_makes_a_specialized_definition(uni: University) -> None:
    done = uni.save("--new", "term-end")
    made = uni.get(f"{GALLERY}/images/term-end")["properties"]
    assert (done.code, made["osState"], uni.versions("term-end"), uni.writes()) == (0, "Specialized", ["1.0.0"], SAVED)
    assert uni.versions("statistics") == ["1.0.0"]


@pytest.mark.parametrize("system", ["Linux", "Windows"])
def test_a_new_definition_has_the_system_of_the_lab(uni: University, system: str) -> None:
    uni.add(lab("other", system=system))
    assert uni.save("--new", "term-end", lab="other").code == 0
    assert uni.get(f"{GALLERY}/images/term-end")["properties"]["osType"] == system


def test_before_it_is_sent_a_screen_says_what_it_will_make(uni: University) -> None:
    out = uni.save("--update", "statistics").out
    for said in (
        "a new version of image definition statistics, above 1.0.0",
        "one replica, in West Europe",
        "machine data and user profiles",
        "made from now on take it; labs that exist keep theirs",
        "at most 64 GB in 1 replica are stored and billed apart from the use of labs",
    ):
        assert said in out


def test_it_ends_with_the_catalogs_next_entries(uni: University) -> None:
    found = entries(uni.save("--update", "statistics").out)["galleries"]
    assert found["teaching"]["images"]["statistics"]["versions"]["1.0.1"]["publishedBy"] == "external"
    copy = found["archive"]["images"]["statistics"]["versions"]["1.0.1"]
    assert copy == {
        "source": {"version": f"{GALLERY}/images/statistics/versions/1.0.1"},
        "location": "westeurope",  # where the source is, and so where Azure can copy it from
        "targetRegions": ["westeurope", "northeurope"],
    }


@pytest.mark.parametrize("how", [("--update", "statistics"), ("--new", "term-end")], ids=" ".join)
def test_the_entries_can_be_pasted_into_the_catalog(uni: University, how: tuple[str, str]) -> None:
    found = entries(uni.save(*how).out)
    folder = uni.folder / "catalog"
    folder.mkdir()
    merged = yaml.safe_load(yaml.safe_dump(CATALOG))
    for key, gallery in found["galleries"].items():
        for name, definition in gallery["images"].items():
            own = merged["galleries"][key].setdefault("images", {}).setdefault(name, {"versions": {}})
            own |= {part: value for part, value in definition.items() if part != "versions"}
            own["versions"] = own["versions"] | definition["versions"]
    uni.declare(merged)
    assert run(["check", str(uni.catalog)]) == 0, uni.capsys.readouterr().out
    assert "lacks what is in the gallery" not in uni.status().out


def test_a_lab_in_any_group_is_found_by_its_name(uni: University) -> None:
    other = lab("elsewhere")
    uni.add(other | {"id": other["id"].replace("rg-labs", "rg-teachers")})
    assert uni.save("--update", "statistics", lab="elsewhere").code == 0


# -- what it refuses ---------------------------------------------------------------------------------------------------


def declare(**plan: Any) -> Callable[[University], None]:
    def change(uni: University) -> None:
        own = {key: value for key, value in (CATALOG["labPlans"]["lp-computing"] | plan).items() if value is not None}
        uni.declare(CATALOG | {"labPlans": {"lp-computing": own}})

    return change


def busy(uni: University) -> None:
    uni.add(version("statistics", "1.0.1"))
    uni.change(f"{GALLERY}/images/statistics/versions/1.0.1", provisioningState="Creating")


def detached(uni: University) -> None:
    uni.change(PLAN, sharedGalleryId=None)


def another(uni: University) -> None:
    uni.add({"id": f"{GALLERIES}/other", "location": "westeurope"})
    uni.change(PLAN, sharedGalleryId=f"{GALLERIES}/other")


OTHER_PLAN = f"{LABS}/labPlans/lp-other"
REFUSED = {
    "the name exists": (None, ("--new", "statistics"), "has an image definition statistics already", "--update"),
    "in other letters": (None, ("--new", "Statistics"), "has an image definition statistics already", "--update"),
    "no legal name": (None, ("--new", "Test Image"), "no image definition can be called 'Test Image'", "another name"),
    "no such name": (None, ("--update", "statistic"), "no image definition statistic", "Did you mean statistics?"),
    "Generalized": (None, ("--update", "linux-intro"), "Generalized; labs save Specialized", "--new"),
    "another system": (
        lambda uni: uni.add(image("windows", system="Windows")),
        ("--update", "windows"),
        "is for Windows, the lab runs Linux",
        "--new",
    ),
    "being created": (busy, ("--update", "statistics"), "1.0.1 of statistics is still being created", "Wait"),
    "no gallery": (detached, ("--update", "statistics"), "no gallery attached", "Deploy"),
    "none declared either": (
        lambda uni: (detached(uni), declare(gallery=None, images=None)(uni)),
        ("--update", "statistics"),
        "no gallery attached",
        "Give the plan a gallery",
    ),
    "another gallery": (another, ("--update", "statistics"), "has gallery other in rg-labs attached", "Deploy"),
    "no plan": (lambda uni: uni.delete(PLAN), ("--update", "statistics"), "no lab plan lp-computing", "Deploy it"),
}
LABS_REFUSED = {
    "of another plan": (lab("x", plan=OTHER_PLAN), "belongs to lp-other, not to lp-computing"),
    "in another region": (lab("x", location="northeurope"), "is in northeurope, its plan in westeurope"),
    "without a template": (lab("x", createOption="Image"), "no template machine"),
    "misspelt": (lab("y"), "has no lab x"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_refused_save_writes_nothing(uni: University, why: str) -> None:
    change, how, message, fix = REFUSED[why]
    if change is not None:
        change(uni)
    done = uni.save(*how)
    assert (done.code, uni.writes()) == (2, [])
    assert message in done.err
    assert fix in done.err


@pytest.mark.parametrize("why", LABS_REFUSED)
def test_a_lab_that_cannot_be_saved_is_refused(uni: University, why: str) -> None:
    resource, message = LABS_REFUSED[why]
    uni.add(resource)
    done = uni.save("--update", "statistics", lab="x")
    assert (done.code, uni.writes()) == (2, [])
    assert message in done.err


def test_everything_that_stands_in_the_way_is_said_at_once(uni: University) -> None:
    uni.add(lab("x", plan=OTHER_PLAN, createOption="Image"))
    err = uni.save("--update", "linux-intro", lab="x").err
    assert [part in err for part in ("belongs to", "no template", "Generalized")] == [True] * 3


def test_an_account_is_saved_in_the_portal(uni: University) -> None:
    uni.add({"id": ACCOUNT, "location": "westeurope"})
    account = {"resourceGroup": "rg-labs", "location": "westeurope", "subscription": PLAN.split("/")[2]}
    uni.declare(CATALOG | {"labAccounts": {"legacy": account}})
    done = uni.save("--new", "x", plan="legacy")
    assert (done.code, uni.writes()) == (2, [])
    assert "Template page" in done.err


# -- what goes wrong; most of it is in tests/faults/test_saved.py, and in docs/faults.md -------------------------------


def strike(uni: University, **fault: Any) -> None:
    uni.strike(**{"method": "POST", "path": "/saveImage$", **fault})


def test_an_image_that_appears_elsewhere_is_said(uni: University) -> None:
    strike(uni, fault="slow", seconds=0.5)
    other = threading.Timer(0.3, lambda: uni.add(image("surprise")))
    other.start()
    done = uni.save("--update", "statistics")
    other.join()
    assert done.code == 1
    assert "another new image definition, surprise" in done.out
    assert "there is statistics 1.0.1: Succeeded" in done.out


def test_what_cannot_be_read_afterwards_is_not_known(uni: University) -> None:
    uni.strike(
        fault="error",
        status=403,
        code="AuthorizationFailed",
        method="GET",
        path="/galleries/teaching/",
        times=0,
        after=4,
    )
    done = uni.save("--update", "statistics")
    assert (done.code, uni.writes()) == (1, SAVED)
    assert "What is in the gallery now is not known" in done.out
    assert "has no new version" not in done.out


def test_the_first_answers_may_be_stale(uni: University) -> None:
    uni.strike(fault="stale", method="POST", path="/saveImage$", reads=1)
    assert uni.save("--update", "statistics").code == 0
