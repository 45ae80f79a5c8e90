"""What is an error for machines that are known to be new, and a warning for those that may exist already."""

from collections.abc import Container
from typing import Any

import pytest

from acg.desired.resource import Resource
from acg.rules import Guardrails, find_rule
from acg.rules.examples import TODAY, definition, resource, resource_id, version, version_id
from acg.rules.verdict import Failure
from tests.rules.judging import judge

DEFINITION = definition("ubuntu")
ELSEWHERE = version("1.0.0", regions=["westeurope"])
UBUNTU = resource_id("galleries", "corp/images/ubuntu")
FIRST = version_id("corp/ubuntu/1.0.0")


def machine(image: str, **inputs: Any) -> Resource:
    return resource(
        "VirtualMachine", "web", location="eastus", storageProfile={"imageReference": {"id": image}}, **inputs
    )


def severities(rule: str, *resources: Resource, new: Container[str] = ()) -> list[str | None]:
    found = find_rule(rule)
    assert found
    verdicts = [verdict for _, verdict in judge(found, resources, Guardrails(), TODAY, new=new)]
    return [one.severity or found.severity if isinstance(one, Failure) else "undecided" for one in verdicts]


@pytest.mark.parametrize(
    ("image", "new", "severity"),
    [
        (FIRST, (), "warning"),
        (FIRST, ("web",), "error"),
        (UBUNTU, (), "warning"),
        (UBUNTU, ("web",), "warning"),  # others may have made further versions of a definition that exists
        (UBUNTU, ("web", "corp/ubuntu"), "error"),
        (f"{UBUNTU}/versions/latest", ("web", "corp/ubuntu"), "error"),
    ],
)
def test_no_replica_in_the_region_is_an_error_only_for_what_is_new(image: str, new: tuple[str, ...], severity: str):
    assert severities("image-in-region", DEFINITION, ELSEWHERE, machine(image), new=new) == [severity]


def test_a_definition_that_exists_may_have_versions_that_nobody_declares_here():
    existing = definition("ubuntu")
    existing.managed = False
    assert severities("image-in-region", existing, ELSEWHERE, machine(UBUNTU), new=("web",)) == ["undecided"]


def test_where_an_existing_version_is_replicated_is_not_known_from_its_name():
    existing = version("1.0.0", profile={"targetRegions": None})
    existing.managed = False
    assert severities("image-in-region", existing, machine(FIRST)) == ["undecided"]


@pytest.mark.parametrize(
    "image", [UBUNTU.upper(), FIRST.lower(), f"{UBUNTU}/Versions/Latest", f"{UBUNTU}/versions/7.0.0"]
)
@pytest.mark.parametrize("group", ["rg-images", "versions"])
def test_the_definition_is_found_by_every_spelling_of_an_id(image: str, group: str):
    specialized = definition("ubuntu", osState="Specialized", resourceGroupName=group)
    booting = machine(image.replace("rg-images", group).replace("RG-IMAGES", group), osProfile={"adminUsername": "me"})
    assert severities("os-profile", specialized, booting) == ["error"]


def test_a_machine_of_a_marketplace_image_is_no_affair_of_these_rules():
    reference = {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"}
    booting = resource("VirtualMachine", "web", storageProfile={"imageReference": reference})
    for rule in ("image-in-region", "os-profile", "encrypted-image-subscription"):
        assert severities(rule, DEFINITION, ELSEWHERE, booting) == []


def test_the_os_state_of_a_definition_that_exists_may_not_be_known():
    existing = definition("ubuntu", osState=None)
    existing.managed = False
    assert severities("os-profile", existing, machine(UBUNTU)) == ["undecided"]
