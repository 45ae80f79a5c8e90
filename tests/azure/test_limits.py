"""Limits: both ends are allowed, what lies beyond is not, and each has a source."""

import pytest

from acg.azure import limits
from acg.azure.limits import Limit

LIMITS = {name: value for name, value in vars(limits).items() if isinstance(value, Limit)}


@pytest.mark.parametrize(
    ("limit", "least", "most"),
    [
        (limits.GALLERIES, None, 100),
        (limits.DEFINITIONS, None, 1_000),
        (limits.VERSIONS, None, 10_000),
        (limits.REPLICAS, 1, 100),
        (limits.DISK_GB, None, 2_048),
        (limits.SHALLOW_DISK_GB, None, 32_768),
        (limits.DATA_DISK_GB, None, 1_024),
        (limits.DIRECT_SHARE_SUBSCRIPTIONS, None, 30),
        (limits.DIRECT_SHARE_TENANTS, None, 5),
        (limits.TAGS, None, 50),
    ],
)
def test_bounds_are_included(limit, least, most):
    assert limit.admits(most)
    assert not limit.admits(most + 1)
    assert limit.admits(most if least is None else least)
    assert least is None or not limit.admits(least - 1)


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_has_a_source(name):
    assert LIMITS[name].source.startswith("https://learn.microsoft.com/")
