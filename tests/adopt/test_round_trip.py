"""A deployed catalog comes back: it passes the rules and asks for the same, and an update sends nothing."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from acg.adopt.model import Adoption
from acg.adopt.observed import adopt_snapshot
from acg.azure import kinds
from acg.desired.resource import Resource
from acg.drift.find import find_drift
from acg.plan.classify.compare import compare
from acg.plan.classify.effective import effective
from acg.plan.state import State
from acg.rules.declared import check_lowered
from tests.adopt.existing import deploy, lowered_file, lowered_text, observe, writes
from tests.change_agreement.changing import ChangingAzure
from tests.change_agreement.estate import Estate, estates

TODAY = date(2026, 5, 28)
NOT_KEPT = {
    ("storageProfile", "osDiskImage"),  # the caching of a disk that a whole source brings along
    ("storageProfile", "osDiskImage", "hostCaching"),
}
"""What Azure does not give back as it was declared: docs/adopt.md."""


@pytest.fixture(scope="module")
def azure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChangingAzure]:
    embedded = ChangingAzure(tmp_path_factory.mktemp("azure"))
    yield embedded
    embedded.close()


def everything_comes_back(azure: ChangingAzure, resources: list[Resource]) -> Adoption:
    standing = deploy(azure, resources)
    snapshot = observe(azure, standing)
    found = adopt_snapshot(snapshot)
    assert found.left_out == ()
    read = lowered_text(found.document)
    assert [(one.name, one.inputs) for one in read.resources] == [
        (one.name, one.inputs) for one in found.lowered.resources
    ]
    assert check_lowered(read, today=TODAY).errors == ()
    assert find_drift("catalog.yaml", read, snapshot, TODAY).drifts == ()
    assert list(writes(azure, read, dict(found.managed))) == []
    before, after = State(standing), State(read.resources)
    names = {before.azure(one)[::3]: one for one in standing}  # token and names: a subscription may be left out
    for one in read.resources:
        was = names[after.azure(one)[::3]]
        old = effective(was.type, before.resolved(was.inputs))
        new = effective(one.type, after.resolved(one.inputs))
        differing = [change for change in compare(old, new) if change.path not in NOT_KEPT]
        assert not differing or one.type == kinds.LOCK, (one.name, differing)
    return found


@pytest.mark.parametrize("path", ["examples/max.yaml", "examples/hardened.yaml", "examples/defaults.yaml", "galleries"])
def test_the_catalogs_of_this_project_come_back(path: str, azure: ChangingAzure) -> None:
    everything_comes_back(azure, lowered_file(path).resources)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(estate=estates())
def test_estates_of_all_kinds_come_back(azure: ChangingAzure, estate: Estate) -> None:
    everything_comes_back(azure, estate.lower().resources)
