from acg.plan.identity import Identity, Kind
from acg.plan.model import Action, dotted
from tests.plan.building import change, definition, model_plan, plan, version


def test_a_plan_refuses_what_somebody_stops() -> None:
    found = model_plan()

    assert [one.reason for one in found.refused] == ["storage-type-changed", "region-removed"]
    assert [one.action for one in found.accepted] == [Action.CREATE, Action.UPDATE]
    assert found.exit_code == 1


def test_a_plan_without_refusals_is_fine() -> None:
    assert plan(change(Action.UPDATE, definition())).exit_code == 0
    assert not plan().has_changes


def test_elements_of_lists_go_by_their_region_or_lun() -> None:
    path = ("publishingProfile", "targetRegions", "westeurope", "encryption", "dataDiskImages", "0", "lun")
    assert dotted(path) == "publishingProfile.targetRegions[westeurope].encryption.dataDiskImages[0].lun"


def test_titles_name_resources_as_azure_does() -> None:
    assert version("1.1.0").title == "platform/ubuntu-2404 1.1.0"
    assert definition().title == "platform/ubuntu-2404"
    assert Identity(Kind.RESOURCE_GROUP, "resource-group@rg", None, "rg").title == "resource group rg"
