"""Saves of a lab's machine: `acg labs save` sends its request once, and looks at the gallery for what it made.

The client is azure-mgmt-labservices, unchanged, over HTTPS; there is no deployment. Whatever happens, there are never
two versions from one save.
"""

import threading
from typing import Any

import pytest

from tests.faults.stories import Story, proves
from tests.labs.university import GALLERY, University, version

SAVE = {"method": "POST", "path": "/saveImage$"}
SENT = ["POST Microsoft.LabServices/labPlans/lp-computing/saveImage"]
AGAIN = "`acg labs save` again"


def save(what: str, *faults: dict[str, Any], **more: Any) -> Story:
    return Story(what, tuple({**fault, **SAVE} for fault in faults), **more)


MADE = (
    save(
        "The answer to a save is lost after Azure began",
        {"fault": "cut", "when": "after"},
        says=("It was not sent again; the gallery shows what it made.", "saved statistics 1.0.1"),
    ),
    save(
        "Azure answers 500 to a save that it began",
        {"fault": "error", "when": "after", "status": 500},
        says=("No answer says what became of the save", "saved statistics 1.0.1"),
    ),
    save(
        "Azure no longer knows the operation of a save",
        {"fault": "lose-operation"},
        says=("its operation was not found (404 ResourceNotFound)", "saved statistics 1.0.1"),
    ),
    save("A save takes long", {"fault": "slow", "seconds": 0.5}),
)
NOT_MADE = (
    save(
        "The connection is cut before Azure acts on a save",
        {"fault": "cut"},
        says=("No answer says what became of the save", "statistics has no new version so far"),
        do=("look with `acg labs status` until Azure is surely done", AGAIN),
        hint="Nobody can say that a request which was not answered had no effect; ten minutes later the gallery does.",
    ),
    save(
        "Azure answers 503 to a save, and does nothing",
        {"fault": "error", "status": 503},
        says=("No answer says what became of the save", "statistics has no new version so far"),
        do=("look with `acg labs status` until Azure is surely done", AGAIN),
    ),
    save(
        "Azure answers 429 to a save",
        {"fault": "throttle", "seconds": 0.1},
        says=("429: too many requests", "statistics has no new version"),
        do=("wait", AGAIN),
    ),
    save(
        "Whoever saves lacks the role",
        {"fault": "error", "status": 403, "code": "AuthorizationFailed"},
        says=("you need the role Lab Creator, Lab Contributor, Lab Operator", "statistics has no new version"),
        do=("get one of the roles on the lab plan", AGAIN),
    ),
)
FAILED = save(
    "Azure begins to save and fails",
    {"fault": "fail", "code": "InternalExecutionError"},
    says=("Azure says that the save failed: InternalExecutionError", "statistics 1.0.1 is Failed"),
    do=(AGAIN, "delete the failed version"),
    hint="The next save makes another number.",
)
OTHERS = save(
    "Somebody else publishes a version while Azure saves",
    {"fault": "slow", "seconds": 0.5},
    says=("statistics has 2 new versions, 1.0.1 (Succeeded) and 7.0.0 (Succeeded)", "somebody else"),
    do=("ask who published the other", "write both into the catalog: `acg labs status` has the entries"),
    hint="Azure does not say which version is from which save, and neither does this command.",
)
SECOND = save(
    "A second save into the same image begins while the first is at work",
    {"fault": "slow", "seconds": 0.5},
    says=("version 1.0.1 of statistics is still being created, perhaps by another save",),
    do=("wait until the first is done", AGAIN),
    hint="Two that are sent in the same second both make a version, and both say that there are two.",
)


def arm(uni: University, story: Story) -> None:
    for fault in story.faults:
        uni.strike(**fault)


def in_order(text: str, parts: tuple[str, ...]) -> bool:
    at = 0
    for part in parts:
        if (found := text.find(part, at)) < 0:
            return False
        at = found
    return True


@proves(*MADE)
@pytest.mark.parametrize("story", MADE, ids=[story.what for story in MADE])
def test_what_a_save_made_is_found(uni: University, story: Story) -> None:
    arm(uni, story)
    done = uni.save("--update", "statistics")
    assert in_order(done.out, story.says), done.out
    assert (done.code, uni.writes(), uni.versions("statistics")) == (0, SENT, ["1.0.0", "1.0.1"])


@proves(*NOT_MADE)
@pytest.mark.parametrize("story", NOT_MADE, ids=[story.what for story in NOT_MADE])
def test_a_save_that_made_nothing_says_so_and_is_not_repeated(uni: University, story: Story) -> None:
    arm(uni, story)
    done = uni.save("--update", "statistics")
    assert in_order(done.out, story.says), done.out
    assert (done.code, uni.writes(), uni.versions("statistics")) == (1, SENT, ["1.0.0"])
    assert (uni.save("--update", "statistics").code, uni.versions("statistics")) == (0, ["1.0.0", "1.0.1"])


@proves(FAILED)
def test_a_save_that_failed_says_what_it_left(uni: University) -> None:
    arm(uni, FAILED)
    done = uni.save("--update", "statistics")
    assert in_order(done.out, FAILED.says), done.out
    assert (done.code, uni.writes()) == (1, SENT)
    assert (uni.save("--update", "statistics").code, uni.versions("statistics")) == (0, ["1.0.0", "1.0.1", "1.0.2"])
    uni.delete(f"{GALLERY}/images/statistics/versions/1.0.1")
    assert uni.status().code == 1  # for nobody has enabled the image yet


@proves(OTHERS)
def test_a_version_that_somebody_else_made_is_not_taken_for_ones_own(uni: University) -> None:
    arm(uni, OTHERS)
    other = threading.Timer(0.3, lambda: uni.add(version("statistics", "7.0.0")))
    other.start()
    done = uni.save("--update", "statistics")
    other.join()
    assert in_order(done.out, OTHERS.says), done.out
    assert (done.code, uni.writes()) == (1, SENT)
    assert all(number in uni.status().out for number in ("1.0.1:", "7.0.0:"))


@proves(SECOND)
def test_a_second_save_waits_for_the_first(uni: University) -> None:
    arm(uni, SECOND)
    assert uni.plain_save("statistics").status_code == 202
    done = uni.save("--update", "statistics")
    assert in_order(done.err, SECOND.says), done.err
    assert (done.code, uni.writes()) == (2, SENT)
    made = f"{GALLERY}/images/statistics/versions/1.0.1"
    uni.wait(lambda: uni.get(made)["properties"]["provisioningState"] == "Succeeded")
    assert (uni.save("--update", "statistics").code, uni.versions("statistics")) == (0, ["1.0.0", "1.0.1", "1.0.2"])


def test_two_saves_in_the_same_moment_make_one_version_each(uni: University) -> None:
    uni.strike(**SAVE, fault="slow", seconds=0.5, times=2)

    def save_too() -> None:
        uni.wait(lambda: uni.writes() == SENT)
        uni.plain_save("statistics")

    other = threading.Thread(target=save_too)
    other.start()
    done = uni.save("--update", "statistics")
    other.join()
    assert (done.code, uni.writes(), uni.versions("statistics")) == (1, SENT * 2, ["1.0.0", "1.0.1", "1.0.2"])
    assert "statistics has 2 new versions, 1.0.1 (Succeeded) and 1.0.2 (Succeeded)" in done.out
