"""Views read what the engine hands out: floats, nulls, missing and unknown values."""

from collections.abc import Callable
from typing import Any

import pytest

from acg.desired.resource import Resource
from acg.path import dotted
from acg.rules import check_resources
from acg.rules.examples import TODAY, UNKNOWN, gallery
from acg.rules.verdict import UnknownValueError
from acg.rules.views import Part


def part(**inputs: Any) -> Part:
    return Part(inputs, ("publishingProfile",))


READS: list[tuple[Callable[[Part], object], object, object]] = [
    (lambda one: one.text("x"), "text", "text"),
    (lambda one: one.text("x"), "", ""),
    (lambda one: one.number("x"), 3.0, 3),
    (lambda one: one.number("x"), 0, 0),
    (lambda one: one.flag("x"), False, False),
    (lambda one: one.texts("x"), ["a", "b"], ("a", "b")),
    (lambda one: one.texts("x"), [], ()),
    (lambda one: dict(one.mapping("x")), {"a": 1}, {"a": 1}),
    (lambda one: len(one.parts("x", Part)), [{}, {}], 2),
]


@pytest.mark.parametrize(("read", "given", "value"), READS)
def test_a_value_is_read_as_what_it_is(read: Callable[[Part], object], given: object, value: object):
    found = read(part(x=given))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("read", [read for read, _, _ in READS])
def test_null_and_missing_are_the_same(read: Callable[[Part], object]):
    assert read(part(x=None)) == read(part())


@pytest.mark.parametrize("read", [read for read, _, _ in READS])
def test_what_is_not_known_yet_ends_the_rule(read: Callable[[Part], object]):
    with pytest.raises(UnknownValueError, match=r"publishingProfile\.x is known only after deployment"):
        read(part(x=UNKNOWN))


@pytest.mark.parametrize(
    ("read", "given", "reason"),
    [
        (lambda one: one.text("x"), 5, "is not text"),
        (lambda one: one.number("x"), 1.5, "is not a whole number"),
        (lambda one: one.number("x"), "3", "is not a whole number"),
        (lambda one: one.number("x"), True, "is not a whole number"),
        (lambda one: one.flag("x"), "true", "is not true or false"),
        (lambda one: one.flag("x"), 1.0, "is not true or false"),
        (lambda one: one.texts("x"), "a", "is not a list"),
        (lambda one: one.texts("x"), ["a", 1], r"x\[1\] is not text"),
        (lambda one: one.mapping("x"), [], "is not a mapping"),
        (lambda one: one.parts("x", Part), [{}, None], r"x\[1\] is not a mapping"),
    ],
)
def test_what_has_another_type_is_undecided_and_not_passed(read: Callable[[Part], object], given: object, reason: str):
    with pytest.raises(UnknownValueError, match=reason):
        read(part(x=given))


def test_given_and_known_are_told_apart_without_reading():
    one = part(known="x", unknown=UNKNOWN, null=None)
    assert [one.has(key) for key in ("known", "unknown", "null", "missing")] == [True, True, False, False]
    assert [one.knows(key) for key in ("known", "unknown", "null", "missing")] == [True, False, False, False]


def test_a_failure_stands_at_its_input():
    below = part(targetRegions=[{"name": "x"}]).parts("targetRegions", Part)[0]
    assert dotted(below.fails("fails", "name").path) == "publishingProfile.targetRegions[0].name"
    assert dotted(below.fails("fails", "encryption.osDiskImage").path).endswith("[0].encryption.osDiskImage")
    assert dotted(below.fails("fails").path) == "publishingProfile.targetRegions[0]"


def test_resources_of_another_provider_are_not_counted_as_checked():
    others = [
        Resource("aws:ec2/instance:Instance", "web", {}),
        Resource("azure-native:network:VirtualNetwork", "net", {}),
        Resource("azure:compute/sharedImageGallery:SharedImageGallery", "classic", {}),
    ]
    assert check_resources([gallery(), *others], None, TODAY).resources == 1


def test_an_api_version_in_the_type_makes_no_difference():
    assert check_resources([gallery(api="2025-03-03")], None, TODAY).resources == 1
