"""Disks of one set whose places in a version are not known: judged together, by the worst that is certain."""

from typing import Any

import pytest

from acg.desired.resource import OneOf, Resource
from acg.rules import Guardrails, find_rule
from acg.rules.examples import TODAY, definition, resource, version
from acg.rules.verdict import Failure, Undecided
from tests.rules.judging import judge


def disks(**sizes: int | None) -> list[Resource]:
    return [resource("Disk", name, diskSizeGB=size) for name, size in sizes.items()]


def made_from(os: object, *data: object) -> Resource:
    images = [{"lun": lun, "source": {"id": one}} for lun, one in enumerate(data)]
    return version(storage={"osDiskImage": {"source": {"id": os}}, "dataDiskImages": images})


def said(rule: str, *resources: Resource) -> list[str]:
    found = find_rule(rule)
    assert found
    verdicts: list[Any] = [verdict for _, verdict in judge(found, resources, Guardrails(), TODAY)]
    assert all(isinstance(one, Failure | Undecided) for one in verdicts)
    return [one.message if isinstance(one, Failure) else f"? {one.reason}" for one in verdicts]


@pytest.mark.parametrize(
    ("a", "b", "data_disk_size", "disk_size"),
    [
        (30, 64, [], []),
        (30, 1_500, ["? which of its disks is the operating system's is not known"], []),
        (30, 3_000, [], ["has the disk b of 3,000 GB, above 2,048 GB"]),
        (None, 3_000, ["? the size of a data disk is not known"], ["has the disk b of 3,000 GB, above 2,048 GB"]),
    ],
)
def test_any_of_two_disks_may_be_the_systems(a: int | None, b: int, data_disk_size: list[str], disk_size: list[str]):
    unplaced = made_from(OneOf(1, ("a", "b")), OneOf(2, ("a", "b")))
    assert said("data-disk-size", *disks(a=a, b=b), unplaced) == data_disk_size
    assert [
        one for one in said("disk-size", *disks(a=a, b=b), unplaced) if a is not None or "?" not in one
    ] == disk_size


def test_data_disks_among_themselves_are_data_disks_wherever_they_are():
    unplaced = made_from("x", OneOf(1, ("a", "b")), OneOf(2, ("a", "b")))
    assert said("data-disk-size", *disks(a=64, b=1_500), unplaced) == ["has the disk b of 1,500 GB, above 1,024 GB"]


@pytest.mark.parametrize(
    ("a", "says"),
    [
        (1_500, ["has a data disk at LUN 0 of 1,500 GB, above 1,024 GB"]),
        (64, ["? the size of a data disk is not known"]),
        (None, ["? the size of a data disk is not known"]),
    ],
)
def test_with_more_disks_than_places_the_smallest_is_judged(a: int | None, says: list[str]):
    unplaced = made_from("x", OneOf(1, ("a", "b")))
    assert said("data-disk-size", *disks(a=a, b=2_000), unplaced) == says


def test_where_every_disk_fits_any_place_nothing_is_said():
    unplaced = made_from("x", OneOf(1, ("a", "b")))
    assert said("data-disk-size", *disks(a=64, b=128), unplaced) == []


def test_a_rule_about_each_disk_looks_at_them_wherever_they_are():
    far = resource("Disk", "b", location="eastus")
    unplaced = made_from("x", OneOf(1, ("a", "b")), OneOf(2, ("a", "b")))
    assert [one for one in said("source-region", *disks(a=1), far, unplaced) if "eastus" in one]


@pytest.mark.parametrize("rule", ["source-region", "encrypted-source", "machine-disks", "running-machine-source"])
def test_a_rule_about_each_disk_need_not_know_which_is_which(rule: str):
    unplaced = made_from(OneOf(1, ("a", "b")), OneOf(2, ("a", "b")))
    assert said(rule, *disks(a=30, b=64), unplaced) == []


@pytest.mark.parametrize("rule", ["source-matches-definition", "source-plan", "nvme-capture", "security-type-source"])
def test_a_rule_about_the_system_needs_to_know_which_disk_holds_it(rule: str):
    supported = definition(features=[{"name": "SecurityType", "value": "TrustedLaunchSupported"}])
    unplaced = made_from(OneOf(1, ("a", "b")), OneOf(2, ("a", "b")))
    assert "? storageProfile.osDiskImage.source.id is known only after deployment" in said(
        rule, supported, *disks(a=30, b=64), unplaced
    )
