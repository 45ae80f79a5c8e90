"""What follows from changes: latest, storage, money, time, defaults, ends of life, quotas, and who is reached."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.errors import InputError
from acg.plan.build import Judged, make_plan
from acg.plan.consequences.prices import Prices, read_prices
from acg.plan.effects import Consumers, Duration, LatestMove, Storage
from acg.plan.model import Plan, Side
from acg.plan.state import State
from acg.report.plan.blocks import Bullets, plain
from acg.report.plan.story.copies import copies
from acg.rules.result import Report
from acg.state.observed import Consumer, ConsumerKind, Coverage, Snapshot
from tests.plan.catalogs import IMAGES, SUBSCRIPTION, Json, catalog, replicas, storage, version

TODAY = date(2026, 11, 27)
WEB = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp/images/web"


def _plan(before: Json, after: Json, snapshot: Snapshot | None = None, prices: Prices | None = None) -> Plan:
    def side(made: Json) -> Judged:
        reading = read_files([("catalog.yaml", yaml.safe_dump(made, sort_keys=False).encode())], "catalog.yaml")
        lowered = lower(reading)
        assert not (*reading.problems, *lowered.problems)
        return Judged(Side("files", "catalog.yaml"), State.of(lowered), Report())

    return make_plan("catalog.yaml", side(before), side(after), TODAY, snapshot=snapshot, prices=prices)


def _with(number: str, **more: object) -> Json:
    made = catalog()
    node = {"source": {"managedImage": f"{IMAGES}/web-3"}, "osDisk": {"expectedSizeGB": 30}, **more}
    made["galleries"]["corp"]["images"]["web"]["versions"][number] = node
    return made


def _latest(plan: Plan) -> list[tuple[str, LatestMove, str | None, str | None, tuple[str, ...]]]:
    return [
        (one.region, one.move, one.before, one.after, tuple(f"{it.version} {it.reason}" for it in one.skipped))
        for one in plan.effects.latest
    ]


def test_a_new_version_becomes_latest_where_it_is_and_the_plan_says_where_it_is_not() -> None:
    assert _latest(_plan(catalog(), _with("1.2.0", targetRegions=["westeurope"]))) == [
        ("northeurope", LatestMove.SAME, "1.1.0", "1.1.0", ("1.2.0 is not replicated to northeurope",)),
        ("westeurope", LatestMove.UP, "1.1.0", "1.2.0", ()),
    ]


@pytest.mark.parametrize(
    ("number", "more", "reason"),
    [
        ("1.2.0", {"excludeFromLatest": True}, "1.2.0 is excluded from latest"),
        ("1.0.5", {}, "1.0.5 is below 1.1.0"),
    ],
)
def test_a_new_version_that_becomes_latest_nowhere_is_told(number: str, more: Json, reason: str) -> None:
    plan = _plan(catalog(), _with(number, targetRegions=["westeurope"], **more))
    assert reason in {text for *_, skipped in _latest(plan) for text in skipped}


def _excluded(made: Json) -> None:
    version(made)["targetRegions"][1] = {"name": "northeurope", "excludeFromLatest": True}


def _retired(made: Json) -> None:
    version(made)["retire"] = True


def test_a_region_where_nothing_is_latest_any_more_refuses_the_plan() -> None:
    plan = _plan(catalog(), catalog(_excluded))
    assert _latest(plan)[0][:4] == ("northeurope", LatestMove.LOST, "1.1.0", None)
    assert not plan.refused
    assert [one.region for one in plan.lost] == ["northeurope"]
    assert plan.exit_code == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([_retired], [_retired, _excluded], id="retired before"),
        pytest.param([], [_retired, _excluded], id="retired with it"),
        pytest.param([_excluded], [_excluded], id="as before"),
    ],
)
def test_whoever_retires_the_latest_version_has_approved_that(before: list[Any], after: list[Any]) -> None:
    plan = _plan(catalog(*before), catalog(*after))
    assert not plan.lost
    assert plan.exit_code == 0


def test_storage_and_transfer_of_a_new_version() -> None:
    after = _with("1.2.0", replicaCount=2, targetRegions=["westeurope", "northeurope", "eastus2"])
    assert _plan(catalog(), after).effects.storage == Storage(6 * 30, 0, 2 * 30)


def test_unknown_sizes_are_said_and_in_no_sum() -> None:
    found = _plan(catalog(), catalog(replicas(9))).effects.storage
    assert (found.added_gb, [one.version for one in found.unknown_sizes]) == (0, ["1.1.0"])


def test_what_is_refused_copies_nothing() -> None:
    assert _plan(catalog(), catalog(storage("Premium_LRS"))).effects.replicas == ()


def test_money_comes_from_the_user_s_list_alone(tmp_path: Path) -> None:
    items = [
        _price("Standard HDD Managed Disks", "LRS Snapshots", "westeurope", 0.05),
        _price("Bandwidth Inter-Region", "Intra Continent Data Transfer Out", "westeurope", 0.02),
        _price("Bandwidth Inter-Region", "Intra Continent Data Transfer Out", "westeurope", 0.0),
    ]
    file = tmp_path / "prices.json"
    file.write_text(json.dumps({"Items": items}))
    after = _with("1.2.0", targetRegions=["westeurope", "northeurope"])

    found = _plan(catalog(), after, prices=read_prices(file)).effects.money

    missing = ("Standard HDD Managed Disks / LRS Snapshots / northeurope",)
    assert found is not None
    assert (found.currency, found.removed_per_month, found.missing) == ("EUR", 0.0, missing)
    assert (found.added_per_month, found.transferred_once) == (pytest.approx(1.5), pytest.approx(0.6))
    assert _plan(catalog(), after).effects.money is None


def _price(product: str, meter: str, region: str, price: float) -> Json:
    return {"productName": product, "skuName": "any", "meterName": meter, "armRegionName": region,
            "retailPrice": price, "currencyCode": "EUR"}  # fmt: skip


@pytest.mark.parametrize("text", ["{", "[]", '[{"productName": 1}]'])
def test_a_price_list_that_cannot_be_used_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "prices.json"
    file.write_text(text)
    with pytest.raises(InputError, match=r"prices\.json"):
        read_prices(file)


def _snapshot() -> Snapshot:
    def one(name: str, kind: ConsumerKind, follows: str | None, runs: str, upgrades: bool = False) -> Consumer:
        return Consumer(name, kind, "westeurope", WEB, follows, (runs,), upgrades)

    consumers = (
        one("a", ConsumerKind.SCALE_SET, None, "1.1.0", upgrades=True),
        one("b", ConsumerKind.SCALE_SET, None, "1.0.0"),
        one("c", ConsumerKind.MACHINE, "1.0.0", "1.0.0"),
        one("d", ConsumerKind.SCALE_SET, "1.0.0", "1.0.0"),
    )
    moment = datetime(2026, 11, 27, 2, 10, tzinfo=UTC)
    coverage = Coverage(38, 40, ("2 subscriptions were not readable.",))
    return Snapshot(moment, consumers=consumers, copied_in={WEB.lower(): (9.0, 14.0, 11.0)}, coverage=coverage)


def test_who_follows_and_who_runs_are_counted_apart() -> None:
    plan = _plan(catalog(), _with("1.2.0", targetRegions=["westeurope"]), _snapshot())
    moved = next(one for one in plan.effects.latest if one.region == "westeurope")
    assert (moved.follow, moved.run) == (Consumers(0, 2, 1), Consumers(0, 1, 1))
    assert plan.effects.durations == {"corp/web": Duration(9, 14, 3)}
    assert plan.knowledge is not None
    assert (plan.knowledge.read_at, plan.knowledge.complete) == ("2026-11-27T02:10:00Z", False)


def test_counted_consumers_count_as_many_and_what_boots_nothing_itself_not_at_all() -> None:
    def some(kind: ConsumerKind, number: int) -> Consumer:
        return Consumer(None, kind, "westeurope", WEB, None, ("1.1.0",), True, SUBSCRIPTION, number)

    found = (some(ConsumerKind.MACHINE, 53), some(ConsumerKind.SCALE_SET, 3), some(ConsumerKind.DEV_BOX, 7))
    snapshot = Snapshot(datetime(2026, 11, 27, tzinfo=UTC), consumers=found)
    plan = _plan(catalog(), _with("1.2.0", targetRegions=["westeurope"]), snapshot)
    moved = next(one for one in plan.effects.latest if one.region == "westeurope")
    assert (moved.follow, moved.run) == (Consumers(53, 3, 3), Consumers(53, 3, 3))


def test_who_names_a_deleted_version_is_told() -> None:
    before, after = catalog(), catalog()
    version(before, "1.0.0")["retire"] = True
    del after["galleries"]["corp"]["images"]["web"]["versions"]["1.0.0"]
    gone = _plan(before, after, _snapshot()).effects.gone
    assert [(one.version.version, one.region, one.named_by, one.run) for one in gone] == [
        ("1.0.0", "westeurope", Consumers(1, 1), Consumers(1, 2))
    ]


def test_without_a_snapshot_nobody_is_counted() -> None:
    plan = _plan(catalog(), _with("1.2.0", targetRegions=["westeurope"]))
    assert {(one.follow, one.run) for one in plan.effects.latest} == {(None, None)}
    assert plan.effects.durations["corp/web"].observed == 0


def test_an_edit_of_defaults_that_reaches_published_versions_is_told_with_its_pins() -> None:
    def made(regions: list[str]) -> Json:
        one = catalog()
        for number in ("1.0.0", "1.1.0"):
            version(one, number).pop("targetRegions")
            version(one, number)["osDisk"] = {"expectedSizeGB": 30}
        return {**one, "defaults": {"targetRegions": regions}}

    (found,) = _plan(made(["westeurope"]), made(["westeurope", "northeurope"])).effects.defaults

    assert (found.path, [one.version for one in found.versions], found.added_gb) == (
        "defaults.targetRegions",
        ["1.0.0", "1.1.0"],
        60,
    )
    assert [edit.path[-2:] for edit in found.pins] == [("1.0.0", "targetRegions")]
    assert found.pin == "# in corp/web/1.0.0:\ntargetRegions: [westeurope]\n"


def test_ends_of_life_within_ninety_days_soonest_first() -> None:
    after = catalog()
    version(after, "1.0.0")["endOfLifeDate"] = "2027-02-25"
    version(after)["endOfLifeDate"] = "2026-12-20"
    assert [(one.resource.version, one.days) for one in _plan(catalog(), after).effects.ends_of_life] == [
        ("1.1.0", 23),
        ("1.0.0", 90),
    ]


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("2026-11-26T23:59:59Z", "end-of-life-past"),
        ("2026-11-27", "end-of-life-past"),
        ("2026-11-27T18:00:00Z", "in-place"),
        ("2026-11-28", "in-place"),
    ],
)
def test_an_end_of_life_is_refused_once_it_has_come_for_certain(end: str, reason: str) -> None:
    after = catalog()
    version(after)["endOfLifeDate"] = end
    (change,) = _plan(catalog(), after).changes
    assert change.reason == reason


def test_quotas_that_the_plan_takes_more_of() -> None:
    (quota,) = _plan(catalog(), _with("1.2.0")).effects.quotas
    assert (quota.what, quota.region, quota.before, quota.after, quota.limit) == (
        "image versions", "westeurope", 2, 3, 10_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("consumers", "expected"),
    [
        (None, None),
        ((), Consumers()),
        ((Consumer(None, ConsumerKind.MACHINE, "westeurope", WEB, None, ("1.0.0",), number=12),), Consumers(12)),
    ],
)
def test_a_deprecated_definition_says_who_still_uses_it(consumers: object, expected: object) -> None:
    made = catalog()
    made["galleries"]["corp"]["images"]["web"]["deprecated"] = {
        "since": "2026-11-01",
        "until": "2027-06-30",
        "replacement": "corp/web-2",
    }
    snapshot = Snapshot(datetime(2026, 11, 27, tzinfo=UTC), consumers=consumers)  # type: ignore[arg-type]
    [found] = _plan(made, made, snapshot).effects.deprecated

    assert (found.definition.title, found.since, found.until) == ("corp/web", date(2026, 11, 1), date(2027, 6, 30))
    assert (found.replacement, found.follow) == ("corp/web-2", expected)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (catalog(), catalog(replicas(5)), ["2 replicas more with Standard_ZRS."]),
        (catalog(), catalog(replicas(2)), ["1 replica fewer with Standard_ZRS."]),
        (catalog(replicas(2)), catalog(replicas(2)), []),
    ],
)
def test_a_short_plan_counts_replicas_by_storage_type(before: Json, after: Json, said: list[str]) -> None:
    section = copies(_plan(before, after))
    brief = section.brief if section else ()
    assert [
        plain(line) for item in brief for block in item if isinstance(block, Bullets) for line in block.lines
    ] == said
