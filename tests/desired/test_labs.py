"""What the lab plans and lab accounts of a catalog become."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from acg.azure import kinds
from acg.azure.lab_services import CONTRIBUTOR, OWNER
from acg.catalog.models import Catalog
from acg.catalog.placeholder import Placeholder
from acg.desired import Derived, Resource, lower
from acg.desired.formerly import former_type
from acg.desired.labs.plan import normal_url
from tests.desired.documents import gallery, image, problems, resources

SERVICE = "0F5C1D3E-0000-4000-8000-000000000001"
SUBSCRIPTION = "00000000-0000-4000-8000-000000000001"
FOREIGN = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/galleries/foreign"


def plan(**keys: Any) -> dict[str, Any]:
    return {"resourceGroup": "rg", "location": "westeurope", **keys}


def school(plans: dict[str, Any], accounts: dict[str, Any] | None = None, **of_gallery: Any) -> dict[str, Any]:
    return {
        "galleries": {"teaching": gallery({"intro": image()}, **of_gallery)},
        "labPlans": plans,
        "labAccounts": accounts or {},
    }


def roles(document: dict[str, Any]) -> list[Resource]:
    return [one for one in resources(document).values() if one.type == kinds.ROLE_ASSIGNMENT]


def test_a_plan_comes_after_its_group_its_gallery_and_the_role_of_the_service() -> None:
    document = school({"lp": plan(gallery="teaching", servicePrincipal=SERVICE)}, lock="CanNotDelete")
    document["resourceGroups"] = {"rg": {"location": "westeurope"}}
    found = resources(document)
    role = f"teaching@lab-services/owner/{SERVICE.lower()}"
    assert found["lab-plan@lp"].depends_on == ("resource-group@rg", "teaching", role)
    assert role in found["teaching@lock"].depends_on  # the lock would protect the role as well, so it goes first
    assert found["lab-plan@lp"].inputs["sharedGalleryId"] == Derived("teaching")


def test_one_assignment_serves_all_plans_of_a_gallery() -> None:
    plans = {
        name: plan(gallery="teaching", servicePrincipal=id_) for name, id_ in (("a", SERVICE), ("b", SERVICE.lower()))
    }
    (role,) = roles(school(plans))
    gallery_id = FOREIGN.replace("foreign", "teaching")
    inputs = {key: one.text(gallery_id) if isinstance(one, Derived) else one for key, one in role.inputs.items()}
    assert inputs == {
        "scope": gallery_id,
        "roleAssignmentName": str(uuid5(NAMESPACE_URL, f"{gallery_id}/lab-services/owner/{SERVICE}".lower())),
        "roleDefinitionId": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{OWNER}",
        "principalId": SERVICE,
        "principalType": "ServicePrincipal",
    }


@pytest.mark.parametrize(
    ("document", "role"),
    [
        (school({"lp": plan(gallery="teaching", servicePrincipal=SERVICE)}), OWNER),
        (
            school({"lp": plan(gallery="teaching", servicePrincipal={"objectId": "o", "role": "contributor"})}),
            CONTRIBUTOR,
        ),
        (school({}, {"la": plan(gallery="teaching", servicePrincipal=SERVICE)}), CONTRIBUTOR),
        (school({}, {"la": plan(gallery="teaching", servicePrincipal={"objectId": "o", "role": "Owner"})}), OWNER),
    ],
)
def test_a_plan_asks_for_owner_and_an_account_for_contributor(document: dict[str, Any], role: str) -> None:
    (found,) = roles(document)
    assert found.inputs["roleDefinitionId"].template.endswith(role)


def test_principals_that_differ_are_assigned_one_by_one_even_if_not_known_yet() -> None:
    unknown = [Placeholder(1), Placeholder(2)]
    plans = {str(one.key): plan(gallery="teaching", servicePrincipal=one) for one in unknown}
    assert [one.inputs["principalId"] for one in roles(school(plans))] == unknown


@pytest.mark.parametrize(
    ("keys", "allowed"),
    [
        ({}, ["westeurope"]),
        ({"allowedRegions": ["North Europe", "northeurope", "eastus"]}, ["northeurope", "eastus"]),
        ({"allowedRegions": []}, []),
    ],
)
def test_allowed_regions_are_always_sent(keys: dict[str, Any], allowed: list[str]) -> None:
    assert resources(school({"lp": plan(**keys)}))["lab-plan@lp"].inputs["allowedRegions"] == allowed


def test_a_plan_without_a_gallery_is_detached_and_alone() -> None:
    found = resources(school({"lp": plan()}))["lab-plan@lp"]
    assert "sharedGalleryId" not in found.inputs
    assert found.depends_on == ()


@pytest.mark.parametrize(
    ("gallery_keys", "given", "sent"),
    [
        ({}, FOREIGN, FOREIGN),
        ({}, Placeholder(3), Placeholder(3)),
        ({"existing": True, "subscription": SUBSCRIPTION}, "teaching", FOREIGN.replace("foreign", "teaching")),
    ],
)
def test_a_gallery_that_is_not_registered_goes_by_its_id(gallery_keys: Any, given: Any, sent: Any) -> None:
    found = resources(school({"lp": plan(gallery=given)}, **gallery_keys))["lab-plan@lp"]
    assert found.inputs["sharedGalleryId"] == sent


def test_what_exists_is_known_and_not_registered() -> None:
    offers = plan(gallery="teaching", images=["intro", "intro"])
    found = resources(school({"lp": {**offers, "existing": True}}, {"la": offers}))
    for name in ("lab-plan@lp", "lab-account@la"):
        assert not found[name].managed
        assert found[name].offered == ("intro",)


@pytest.mark.parametrize("formerly", ["old", "urn:pulumi:s::p::acg:index:LabPlan::lab-plan@old"])
def test_a_plan_goes_on_as_what_it_was(formerly: str) -> None:
    found = resources(school({"lp": plan(formerly=formerly)}))["lab-plan@lp"]
    assert found.formerly == ("lab-plan@old" if formerly == "old" else formerly)
    assert former_type(found) == "acg:index:LabPlan"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://help.contoso.com", "https://help.contoso.com/"),
        ("https://help.contoso.com/", "https://help.contoso.com/"),
        ("https://help.contoso.com/labs", "https://help.contoso.com/labs"),
        ("https://help.contoso.com?a=b", "https://help.contoso.com?a=b"),
        ("help", "help"),
        ("http://[", "http://["),
    ],
)
def test_an_address_is_sent_as_azure_gives_it_back(written: str, sent: str) -> None:
    assert normal_url(written) == sent


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (school({"lp": plan(gallery="teachng")}), ["labPlans.lp.gallery: 'teachng' names no gallery of this catalog"]),
        (
            school({"lp": plan(gallery="teaching", images=["intro", "intr"])}),
            ["labPlans.lp.images.1: 'intr' names no image definition of gallery teaching"],
        ),
        (school({"lp": plan(images=["intro"])}), ["labPlans.lp.images: lp offers images, and has no gallery"]),
        (
            school({"lp": plan(servicePrincipal=SERVICE)}),
            ["labPlans.lp.servicePrincipal: lp gives a role on its gallery, and has no gallery"],
        ),
        (
            school({"lp": plan(gallery="teaching", servicePrincipal={"objectId": "o", "role": "Reader"})}),
            ["labPlans.lp.servicePrincipal.role: role 'Reader' does not let Azure Lab Services use a gallery"],
        ),
        (
            school(
                {"lp": plan(gallery="teaching", servicePrincipal="o")},
                {"la": plan(gallery="teaching", servicePrincipal="O")},
            ),
            ["labAccounts.la.servicePrincipal: O gets Contributor on gallery teaching here, and Owner from lp"],
        ),
        (
            school({"lp": plan(gallery="teaching", servicePrincipal="o")}, readers=["o"]),
            ["labPlans.lp.servicePrincipal: o gets Owner on gallery teaching, and is a reader of the gallery, too"],
        ),
        (
            school({"lp": plan(gallery="teaching", servicePrincipal="o")}, existing=True, subscription=SUBSCRIPTION),
            [
                "labPlans.lp.servicePrincipal: lp asks for a role on a gallery that this catalog does not deploy, "
                "so none is assigned"
            ],
        ),
        (
            school({"lp": plan(gallery="teaching")}, existing=True),
            [
                "labPlans.lp.gallery: gallery teaching is not deployed here, and without its subscription its id is "
                "not known"
            ],
        ),
        (
            school({"lp": plan(formerly="lp")}),
            ["labPlans.lp.formerly: formerly: lp is the key that this lab plan has now"],
        ),
        (school({"a": plan(name="LP"), "lp": plan()}), ["labPlans.lp: lab plan lp is declared as lab plan a already"]),
        (
            school({"lp": plan()}, {"lp": plan()}),
            ["labAccounts.lp: lab account lp and lab plan lp have one name, lp"],
        ),
    ],
)
def test_what_only_the_whole_catalog_shows_is_a_problem(document: dict[str, Any], said: list[str]) -> None:
    assert problems(document) == said


def test_images_of_a_gallery_that_exists_may_be_more_than_the_catalog_has() -> None:
    document = school({"lp": plan(gallery="teaching", images=["other"])}, existing=True, subscription=SUBSCRIPTION)
    assert problems(document) == []


TWO = {
    "galleries": {"one": gallery(), "two": gallery(), "there": gallery(existing=True, subscription=SUBSCRIPTION)},
    "labPlans": {
        "of-one": plan(gallery="one"),
        "of-two": plan(gallery="two", servicePrincipal=SERVICE),
        "of-there": plan(gallery="there"),
        "of-none": plan(),
    },
}


@pytest.mark.parametrize(
    ("galleries", "plans", "registered"),
    [
        (None, None, ["of-one", "of-two", "of-there", "of-none"]),
        (["one"], None, ["of-one"]),
        (["one"], ["of-none", "of-there"], ["of-one", "of-there", "of-none"]),
    ],
)
def test_a_plan_belongs_to_the_stack_of_its_gallery(galleries: Any, plans: Any, registered: list[str]) -> None:
    found = lower(Catalog.model_validate(TWO), galleries=galleries, lab_plans=plans).usable()
    assert [str(one.path[1]) for one in found if one.type == kinds.LAB_PLAN] == registered
    assert [one.managed for one in found if one.type == kinds.LAB_PLAN] == [True] * len(registered)
    assert {one.parent for one in found if one.type == kinds.ROLE_ASSIGNMENT} == (
        {"two"} if galleries is None else set()
    )


def test_an_account_is_judged_by_the_stack_of_its_gallery() -> None:
    accounts = {"of-one": plan(gallery="one"), "of-two": plan(gallery="two"), "of-none": plan()}
    found = lower(Catalog.model_validate({**TWO, "labPlans": {}, "labAccounts": accounts}), galleries=["one"]).usable()
    assert [one.path[1] for one in found if one.type == kinds.LAB_ACCOUNT] == ["of-one", "of-none"]


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        (["of-nne"], "the stack's acg:labPlans names 'of-nne'; this catalog has no such lab plan"),
        (["of-two"], "the stack's acg:labPlans names of-two, whose gallery two another stack deploys"),
    ],
)
def test_a_stack_names_plans_that_it_can_deploy(plans: list[str], said: str) -> None:
    found = lower(Catalog.model_validate(TWO), galleries=["one"], lab_plans=plans).problems
    assert [one.message for one in found] == [said]
