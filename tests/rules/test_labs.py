"""What the rules about labs make of who declares what, beyond the examples beside them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from acg.azure.lab_services import END
from acg.desired.resource import Derived, Resource
from acg.rules import all_rules
from acg.rules.examples import TODAY, UNKNOWN, definition, gallery, version
from acg.rules.guardrails import Guardrails
from acg.rules.library.labs._examples import IMAGE_ID, account, lab, plan, role
from acg.rules.verdict import Failure
from tests.rules.judging import judge

ABROAD = version(location="eastus", expected_sizes={None: 256})


def findings(rule: str, *resources: Resource, new: tuple[str, ...] = (), after: int = 0) -> list[tuple[str, str, str]]:
    today = TODAY if not after else END + timedelta(days=after)
    found = judge(all_rules()[rule], resources, Guardrails(), today, new=new)
    failures = [(one.resource or about, one) for about, one in found if isinstance(one, Failure)]
    return [(about.name, one.severity or "", one.message) for about, one in failures if about is not None]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("lab-image-listed", "has an operating system disk of 256 GB, and lab plan lp-computing offers it to labs"),
        ("lab-image-region", "has no replica in westeurope, the region of lab plan lp-computing, which offers it"),
    ],
)
def test_a_fault_of_a_version_is_reported_where_it_can_be_put_right(rule: str, said: str) -> None:
    found = findings(rule, gallery(), definition(), ABROAD, plan())
    assert [(name, message) for name, _, message in found] == [("corp/ubuntu/1.0.0", said)]


@pytest.mark.parametrize("rule", ["lab-image-listed", "lab-image-region"])
def test_a_fault_of_what_others_publish_is_reported_at_the_plan(rule: str) -> None:
    external = replace(ABROAD, managed=False, path=("galleries", "corp"))
    ((name, _, message),) = findings(rule, gallery(), definition(), external, plan())
    assert name == "lp-computing"
    assert message.startswith("offers corp/ubuntu/1.0.0, which has ")


def test_a_plan_that_exists_is_judged_and_its_versions_have_the_lines() -> None:
    existing = replace(plan(), managed=False, path=("labPlans", "lp-computing"))
    assert [name for name, *_ in findings("lab-image-listed", gallery(), definition(), ABROAD, existing)] == [
        "corp/ubuntu/1.0.0"
    ]


def test_labs_take_the_highest_number_as_integers() -> None:
    older, newer = (version(number, expected_sizes={None: gb}) for number, gb in (("1.9.0", 256), ("1.10.0", 64)))
    assert findings("lab-image-listed", gallery(), definition(), older, newer, plan()) == []


def test_an_image_that_a_lab_boots_needs_a_replica_in_the_region_of_the_plan() -> None:
    abroad = version(location="northeurope")
    booted = lab({"id": IMAGE_ID}, location="northeurope")
    ((_, severity, message),) = findings("lab-image-region", gallery(), definition(), abroad, plan(images=()), booted)
    assert severity == "error"
    assert message.endswith("the region of the plan of lab statistics-101, which is made from it")


def test_an_account_wants_a_replica_in_each_region_of_its_geography() -> None:
    ((_, severity, message),) = findings("lab-image-region", gallery(), definition(), version(), account())
    assert severity == "warning"
    assert message == "has no replica in northeurope, in the geography of lab account la-computing, which offers it"


@pytest.mark.parametrize(
    ("new", "severity"), [((), "warning"), (("lp-computing",), "error")], ids=["there already", "new"]
)
def test_after_the_end_only_a_new_plan_is_an_error(new: tuple[str, ...], severity: str) -> None:
    ((_, found, _),) = findings("lab-services-end", plan(), new=new, after=1)
    assert found == severity


def test_a_role_that_a_preview_does_not_know_is_known_by_its_name() -> None:
    """The pack sees the id of the role as unknown, for it begins with the subscription of a new gallery."""
    late = replace(role(roleDefinitionId=UNKNOWN), name="urn:pulumi:s::p::t$t::corp@lab-services/owner/someone")
    assert findings("lab-service-role", gallery(), late, plan()) == []
    assert len(findings("lab-gallery-exposed", gallery(), definition("debian"), late, plan())) == 1


def test_a_role_from_a_catalog_is_known_by_what_it_is_derived_from() -> None:
    """A catalog gives a gallery's id as that of another resource, and the role's as a text made of it."""
    derived = role(scope=Derived("corp"), roleDefinitionId=Derived("corp", role().inputs["roleDefinitionId"]))
    attached = plan(sharedGalleryId=Derived("corp"))
    assert findings("lab-service-role", gallery(), derived, attached) == []
    ((name, _, message),) = findings("lab-gallery-exposed", gallery(), definition("debian"), derived, attached)
    assert name == "service"
    assert "corp/debian" in message
