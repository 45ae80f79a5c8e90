"""Deployments that end without a word: Pulumi does not know what it began; Azure does, and can be asked.

In ``pulumi import``, NAME is that of the resource in the program (``corp/ubuntu/1.0.0``), ID the one that the message
quotes, URN that of the gallery's component (``pulumi stack --show-urns``). Import what is in Azure, and only that.
A gallery with a provider of its own needs ``--provider`` as well.
"""

import signal

import pytest

from tests.faults.deployment import COMPONENT, Estate, version
from tests.faults.stories import Story, proves

pytestmark = pytest.mark.engine

IMPORT = "pulumi import azure-native:compute:GalleryImageVersion NAME ID --parent gallery=URN --generate-code=false"
CUT = Story(
    "The connection is cut for good after Azure acted",
    ({"fault": "cut", "when": "after", "method": "PUT", "path": "/1.0.0$", "times": 0},),
    ("no answer from Azure", "cannot create already existing resource"),
    (IMPORT, "pulumi up"),
    "The second message is that of the next `pulumi up`.",
)
INTERRUPTED = Story(
    "Ctrl-C while Azure creates a version",
    ({"fault": "slow", "method": "PUT", "path": "/1.0.0$", "seconds": 2},),
    ("the operation was cancelled",),
    ("wait until Azure is done with the version", "pulumi up"),
    "Pulumi remembers what had begun, and sends it again. While Azure still creates it, it answers that a request is"
    " running. A second Ctrl-C ends the CLI at once, as in the next row.",
)
KILLED = Story(
    "The Pulumi CLI is killed (SIGKILL, power cut) while Azure creates",
    ({"fault": "slow", "method": "PUT", "path": "/1.0.0$", "seconds": 2},),
    ("currently locked by 1 lock(s)", "interrupted while creating", "cannot create already existing resource"),
    (
        "pulumi cancel",
        "wait until Azure is done with the version",
        "pulumi refresh --clear-pending-creates",
        IMPORT,
        "pulumi up",
    ),
    "`acg-sandbox exec` unlocks the stack by itself. `--import-pending-creates` of CLI 3.259 would forget the"
    " resource instead of importing it.",
)
RACE = Story(
    "A second `pulumi up` of the same stack begins while the first is at work",
    ({"fault": "slow", "method": "PUT", "path": "/1.0.0$", "seconds": 1},),
    ("currently locked by 1 lock(s)",),
    ("wait until the first is done", "pulumi up"),
    "Only one of them ever reaches Azure. Never `pulumi cancel` while the other works.",
)


def imported(number: str) -> dict[str, str]:
    """The words of the command that imports a version."""
    return {"NAME": f"corp/ubuntu/{number}", "ID": version(number), "URN": COMPONENT}


@proves(CUT)
def test_what_azure_created_unnoticed_is_imported(estate: Estate) -> None:
    estate.arm(CUT)
    estate.fails("pulumi up", CUT, says=CUT.says[:1])
    estate.disarm()
    again = estate.fails("pulumi up", CUT, says=CUT.says[1:])
    assert f"'{version('1.0.0')}'" in again
    estate.follow(CUT.do, words=imported("1.0.0"))
    estate.assert_declared()


@proves(INTERRUPTED)
def test_what_was_interrupted_is_continued(estate: Estate) -> None:
    estate.arm(INTERRUPTED)
    with estate.begun_up(until=version("1.0.0")) as up:
        up.send_signal(signal.SIGINT)
        output, _ = up.communicate(timeout=60)
        assert up.returncode != 0
    for part in INTERRUPTED.says:
        assert part in output
    estate.disarm()
    estate.follow(INTERRUPTED.do, {INTERRUPTED.do[0]: lambda: estate.await_azure("1.0.0")})
    estate.assert_declared()


@proves(KILLED)
def test_what_a_killed_cli_began_is_imported(estate: Estate) -> None:
    estate.arm(KILLED)
    with estate.begun_up(until=version("1.0.0")) as up:
        up.kill()
    estate.disarm()
    locked, pending, existing = KILLED.says
    estate.fails("pulumi up", KILLED, says=(locked,))
    unlock, *repair = KILLED.do
    estate.run(unlock)
    estate.fails("pulumi up", KILLED, says=(pending, existing))
    estate.follow(repair, {repair[0]: lambda: estate.await_azure("1.0.0")}, imported("1.0.0"))
    estate.assert_declared()


@proves(RACE)
def test_a_second_up_is_turned_away_and_the_first_goes_on(estate: Estate) -> None:
    estate.arm(RACE)
    with estate.begun_up(until=version("1.0.0")) as first:
        first.send_signal(signal.SIGSTOP)  # it is at work while the second begins, however slow this machine is
        estate.fails("pulumi up", RACE)
        assert len(estate.azure.requests("PUT")) == 4
        first.send_signal(signal.SIGCONT)
        output, _ = first.communicate(timeout=60)
        assert first.returncode == 0, output
    estate.disarm()
    estate.follow(RACE.do, {"wait until the first is done": lambda: None})
    estate.assert_declared()
