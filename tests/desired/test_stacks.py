"""Former keys, and galleries that other stacks deploy."""

from typing import Any

import pytest

from acg.catalog.models import Catalog
from acg.desired import Derived, lower
from acg.desired.formerly import former_type, urn_type
from tests.desired.documents import MANAGED_IMAGE, gallery, image, problems, resources

COMPONENT = "urn:pulumi:prod::images::acg:index:Gallery::old"
NATIVE = "urn:pulumi:prod::images::azure-native:compute/v20220303:Gallery::old"


def named(**formerly: str) -> dict[str, Any]:
    """Galleries with former keys; those that begin with g are resource groups."""
    groups = {key: {"location": "westeurope", "formerly": value} for key, value in formerly.items() if key[0] == "g"}
    galleries = {key: gallery(formerly=value) for key, value in formerly.items() if key[0] != "g"}
    return {"resourceGroups": groups, "galleries": galleries or {"corp": gallery()}}


@pytest.mark.parametrize(
    ("formerly", "said"),
    [
        ({"corp": "corp"}, "is the key that this gallery has now"),
        ({"corp": "dev", "dev": "old"}, "is the key of another gallery of this catalog"),
        ({"corp": "old", "dev": "old"}, "is what corp says that it was, too"),
        ({"g": "g"}, "is the key that this resource group has now"),
        ({"corp": "urn:pulumi:prod"}, "is not a whole URN"),
        (
            {"corp": NATIVE.replace(":Gallery::", ":Disk::")},
            "is the URN of azure-native:compute/v20220303:Disk, not of",
        ),
        ({"g": COMPONENT}, "is the URN of acg:index:Gallery, not of azure-native:resources:ResourceGroup"),
    ],
)
def test_a_former_key_that_cannot_be_meant_is_told(formerly: dict[str, str], said: str) -> None:
    (problem,) = problems(named(**formerly))
    assert said in problem
    assert ".formerly: " in problem


@pytest.mark.parametrize(
    ("formerly", "known_as", "type_"),
    [
        ("a/b", "a%2Fb", "acg:index:Gallery"),
        (COMPONENT, COMPONENT, "acg:index:Gallery"),
        (NATIVE, NATIVE, "azure-native:compute:Gallery"),
    ],
)
def test_a_gallery_goes_on_as_what_it_was(formerly: str, known_as: str, type_: str) -> None:
    found = resources(named(corp=formerly))["corp"]
    assert (found.formerly, former_type(found)) == (known_as, type_)


def test_a_group_goes_on_as_the_group_that_it_was() -> None:
    found = resources(named(group="old"))["resource-group@group"]
    assert (found.formerly, former_type(found)) == ("resource-group@old", found.type)


def test_the_type_in_a_urn_is_the_innermost() -> None:
    assert urn_type("urn:pulumi:prod::images::my:Team$acg:index:Gallery::old") == "acg:index:Gallery"
    assert urn_type("old") is None


TWO: dict[str, Any] = {
    "resourceGroups": {"rg-base": {"location": "westeurope"}, "rg-apps": {"location": "westeurope"}},
    "galleries": {
        "base": gallery({"os": image({"1.0.0": {"source": {"managedImage": MANAGED_IMAGE}}})}, resourceGroup="rg-base"),
        "apps": gallery(
            {"web": image({"1.0.0": {"source": {"version": "base/os/1.0.0"}}})},
            resourceGroup="rg-apps",
            lock="ReadOnly",
        ),
    },
}


def of_stack(*keys: str, document: dict[str, Any] = TWO) -> Any:
    return lower(Catalog.model_validate(document), galleries=keys)


@pytest.mark.parametrize(
    ("keys", "managed"),
    [
        (("base",), ["resource-group@rg-base", "base", "base/os", "base/os/1.0.0"]),
        (("apps",), ["resource-group@rg-apps", "apps", "apps/web", "apps/web/1.0.0", "apps@lock"]),
    ],
)
def test_a_stack_deploys_its_galleries_and_their_groups_alone(keys: tuple[str, ...], managed: list[str]) -> None:
    found = of_stack(*keys)
    assert not found.problems
    assert [one.name for one in found.resources if one.managed] == managed
    assert {"base/os/1.0.0", "apps/web/1.0.0"} <= {one.name for one in found.resources}, "the others are known"


def test_a_version_of_another_stack_s_gallery_goes_by_its_id() -> None:
    found = {one.name: one for one in of_stack("apps").resources}["apps/web/1.0.0"]
    source = found.inputs["storageProfile"]["source"]["id"]
    assert isinstance(source, Derived)
    assert source.resource == "apps/web", "whose subscription it is"
    assert source.template.endswith(
        "/resourceGroups/rg-base/providers/Microsoft.Compute/galleries/base/images/os/versions/1.0.0"
    )
    assert found.depends_on == () or "base" not in str(found.depends_on)


def test_both_stacks_together_deploy_what_one_would() -> None:
    alone = [one.name for one in lower(Catalog.model_validate(TWO)).resources if one.managed]
    shared = [one.name for key in ("base", "apps") for one in of_stack(key).resources if one.managed]
    assert sorted(shared) == sorted(alone)


def test_what_two_stacks_would_share_is_told() -> None:
    document = {**TWO, "galleries": {key: {**one, "resourceGroup": "rg-base"} for key, one in TWO["galleries"].items()}}
    said = [problem.message for problem in of_stack("base", "aps", document=document).problems]
    assert said == [
        "the stack's acg:galleries names 'aps'; this catalog has no such gallery",
        "resource group rg-base is created for what several stacks deploy: this one deploys base, another apps",
        "resource group rg-apps is the group of no gallery and no lab plan, so no stack would create it",
    ]
    assert not of_stack(
        "base", "apps", document={**document, "resourceGroups": {"rg-base": TWO["resourceGroups"]["rg-base"]}}
    ).problems
