"""What cannot be read is unknown with the reason, and everything else is read."""

from __future__ import annotations

import pytest

from acg.azure import kinds
from acg.state.observed import AskedGallery, Part, Question
from tests.live.estate import (
    CORP,
    GALLERY,
    HOME,
    OTHER,
    THIRD,
    WEB,
    Estate,
    definition,
    gallery,
    numbers,
    versions,
)

ROOT = f"/subscriptions/{HOME}"
AGAIN = 12
"""More often than the SDK asks again."""


@pytest.mark.parametrize(
    ("fault", "part", "scope", "why"),
    [
        ({"fault": "error", "status": 403, "code": "AuthorizationFailed", "path": "/images$"},
         Part.DEFINITIONS, GALLERY, "was refused (403 AuthorizationFailed): whoever reads needs the role Reader on it"),
        ({"fault": "error", "status": 403, "code": "AuthorizationFailed", "path": "/locks"}, Part.LOCKS, ROOT,
         "was refused (403 AuthorizationFailed): whoever reads needs the role Reader on it"),
        ({"fault": "throttle", "seconds": 0.01, "path": "/web/versions"}, Part.VERSIONS, WEB,
         "was throttled until the SDK gave up (429 TooManyRequests): read it later"),
    ],
)  # fmt: skip
def test_a_part_that_is_refused_is_unknown_with_the_reason(
    estate: Estate, fault: dict[str, object], part: Part, scope: str, why: str
) -> None:
    estate.fault(str(fault.pop("fault")), times=AGAIN, **fault)
    snapshot = estate.observe(CORP).snapshot()
    assert snapshot.coverage.why_unknown(part, scope) == why
    assert len(snapshot.coverage.gaps) == 1
    assert why in snapshot.coverage.gaps[0]


def test_a_listing_that_breaks_off_is_never_complete(estate: Estate) -> None:
    estate.add(versions(WEB, [f"2.{n}.0" for n in range(300)]))
    estate.fault("error", status=403, code="AuthorizationFailed", path="/web/versions", after=2, times=1)
    snapshot = estate.observe(CORP).snapshot()
    why = snapshot.coverage.why_unknown(Part.VERSIONS, WEB) or ""
    assert why.startswith("broke off after 200 entries: it was refused (403 AuthorizationFailed)")
    assert len(numbers(snapshot)) == 200


def test_a_refused_subscription_leaves_the_others_alone(estate: Estate) -> None:
    other = f"/subscriptions/{OTHER}/resourceGroups/rg/providers/Microsoft.Compute/galleries/other"
    estate.add([gallery(other)])
    estate.fault("error", status=403, code="AuthorizationFailed", path=f"^/subscriptions/{OTHER}/", times=AGAIN * 4)
    asked = (*CORP.galleries, AskedGallery(OTHER, "other", "rg"), AskedGallery(THIRD))
    snapshot = estate.observe(Question(galleries=asked)).snapshot()
    assert numbers(snapshot) == ["1.0.0", "1.1.0"]
    assert snapshot.coverage.why_unknown(Part.GALLERIES, GALLERY) is None
    assert "403 AuthorizationFailed" in (snapshot.coverage.why_unknown(Part.GALLERIES, other) or "")
    gone = snapshot.coverage.why_unknown(Part.GALLERIES, f"/subscriptions/{THIRD}")
    assert gone == "was not found (404 SubscriptionNotFound)"


def test_a_storm_of_throttled_requests_is_sat_out(estate: Estate) -> None:
    estate.add([definition(f"{GALLERY}/images/d{n}") for n in range(20)])
    estate.fault("throttle", seconds=0.01, times=0, rate=0.3, seed=7)
    snapshot = estate.observe(CORP).snapshot()
    assert snapshot.coverage.gaps == ()
    assert len([one for one in snapshot.resources if one.type == kinds.IMAGE]) == 21
    assert any(one["status"] == 429 for one in estate.requests())


def test_a_connection_that_is_cut_is_asked_again(estate: Estate) -> None:
    estate.fault("cut", path="/versions", times=2)
    snapshot = estate.observe(CORP).snapshot()
    assert numbers(snapshot) == ["1.0.0", "1.1.0"]
    assert snapshot.coverage.gaps == ()
