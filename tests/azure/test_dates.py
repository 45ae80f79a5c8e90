"""Every part of the product reads a date of Azure in the same way."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from acg.azure.dates import day, moment, written
from acg.plan.build import knowledge_of
from acg.state.observed import Snapshot


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2027-06-30", "2027-06-30T00:00:00+00:00"),
        ("2027-06-30T23:30:00-02:00", "2027-07-01T01:30:00+00:00"),
        ("2027-06-30T00:00:00.1234567+00:00", "2027-06-30T00:00:00.123456+00:00"),
        (" 2027-06-30T12:00:00Z ", "2027-06-30T12:00:00+00:00"),
    ],
)
def test_a_moment_is_read_in_utc(text: str, shown: str):
    found = moment(text)
    assert found is not None
    assert found.isoformat() == shown
    assert day(text) == found.date()


@pytest.mark.parametrize("text", [None, "", "soon", "2027-02-30", "0001-01-01T00:00:00+05:00"])
def test_what_is_no_date_is_none(text: str | None):
    assert moment(text) is None
    assert day(text) is None


def test_a_moment_is_written_as_azure_does():
    assert written(datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))) == "2026-12-31T22:30:00Z"


def test_a_plan_says_in_utc_when_a_snapshot_was_read():
    read_at = datetime(2026, 11, 27, 10, 0, tzinfo=timezone(timedelta(hours=2)))
    assert knowledge_of(Snapshot(read_at=read_at)).read_at == "2026-11-27T08:00:00Z"
