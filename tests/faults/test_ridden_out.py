"""Troubles that pass within one deployment: Azure and the connection fail, are asked again, and nobody notices."""

import pytest

from tests.faults.deployment import Estate
from tests.faults.stories import Story, proves

pytestmark = pytest.mark.engine

STORM = Story(
    "Azure answers 429 to four calls in ten",
    # By this seed never three in a row: with a wait for the gallery's limits, a call needs its four attempts at most.
    faults=({"fault": "throttle", "rate": 0.4, "seed": 213, "times": 0, "seconds": 0.1},),
    hint="A call waits as long as `Retry-After` says and is sent up to four times.",
)
LIMITS = Story(
    "The gallery's own rate limits are nearly used up",
    faults=({"fault": "rate-limits", "method": "PUT", "path": "/versions/", "times": 0, "share": 0.003},),
    hint="Calls wait as long as `Retry-After` says.",
)
BRIEF = (
    Story("Azure answers 500 or 503 once", ({"fault": "error", "status": 503, "method": "PUT", "path": "/corp$"},)),
    Story("The connection is cut before Azure acts", ({"fault": "cut", "method": "PUT", "path": "/ubuntu$"},)),
    Story(
        "The connection is cut after Azure acted",
        ({"fault": "cut", "when": "after", "method": "PUT", "path": "/1.0.0$"},),
        hint="The same request is sent again and finds its own work, which it confirms.",
    ),
    Story(
        "The source of a version is asked for too often",
        ({"fault": "source-throttle", "method": "PUT", "path": "/1.0.1$"},),
    ),
    Story(
        "Creating takes long, within the time that the version is given",
        ({"fault": "slow", "method": "PUT", "path": "/1.0.1$", "after": 1, "seconds": 1.5},),
        hint="A version is given an hour, more for each region and replica; `timeouts` in the catalog changes it.",
    ),
)


@proves(STORM, LIMITS)
def test_a_storm_of_429_only_takes_time(estate: Estate) -> None:
    estate.arm(STORM)
    estate.arm(LIMITS)
    assert "429" not in estate.run("pulumi up")
    refused = [entry for entry in estate.azure.requests() if entry["status"] == 429]
    estate.disarm()
    assert len(refused) >= 5
    estate.assert_declared()


@proves(*BRIEF)
def test_brief_troubles_leave_no_trace(estate: Estate) -> None:
    for story in BRIEF:
        estate.arm(story)
    assert "error" not in estate.run("pulumi up")
    estate.disarm()
    estate.assert_declared()
