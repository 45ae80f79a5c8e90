"""Read, import, update and delete through HTTP, with Azure's answers in azure-native's shape."""

import pytest

from tests.acg_sandbox.provider.conftest import CORP, GALLERY, IMAGE, VERSION, Instance, Properties, refused
from tests.acg_sandbox.provider.fake_arm import Answer, FakeArm, refusal


class TestRead:
    def test_without_drift_inputs_stay_as_they_were_written(self, instance: Instance, version: Properties) -> None:
        identifier, state = instance.create(VERSION, version)
        assert instance.read(VERSION, identifier, version, state) == (identifier, version, state)

    def test_drift_reaches_the_inputs_but_nothing_else_does(
        self, instance: Instance, arm: FakeArm, version: Properties
    ) -> None:
        identifier, state = instance.create(VERSION, version)
        profile = arm.resources[identifier.lower()]["properties"]["publishingProfile"]
        profile["targetRegions"][1]["regionalReplicaCount"] = 9
        profile["excludeFromLatest"] = True
        arm.resources[identifier.lower()]["tags"] = {"touched": "yes"}
        _, inputs, _ = instance.read(VERSION, identifier, version, state)
        version["publishingProfile"]["targetRegions"][1]["regionalReplicaCount"] = 9
        version["publishingProfile"]["excludeFromLatest"] = True
        assert inputs == version | {"tags": {"touched": "yes"}}

    def test_what_azure_lost_leaves_the_inputs(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        inputs = gallery | {"description": "d", "tags": {"a": "1", "b": "2"}}
        identifier, state = instance.create(GALLERY, inputs)
        del arm.resources[identifier.lower()]["properties"]["description"]
        del arm.resources[identifier.lower()]["tags"]["a"]
        assert instance.read(GALLERY, identifier, inputs, state)[1] == gallery | {"tags": {"b": "2"}}

    @pytest.mark.parametrize("code", ["ResourceNotFound", "ResourceGroupNotFound", "NotFound"])
    def test_what_is_gone_has_no_id(self, instance: Instance, arm: FakeArm, gallery: Properties, code: str) -> None:
        arm.answers.append(Answer("GET", "corp", 404, refusal(404, code, "gone")))
        assert instance.read(GALLERY, CORP, gallery, gallery) == ("", {}, {})

    def test_a_404_that_is_not_azures_is_an_error(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        arm.answers.append(Answer("GET", "corp", 404, refusal(404, "SubscriptionNotFound", "Not there.")))
        assert refused(instance.read, GALLERY, CORP, gallery, gallery) == (
            'Status=404 Code="SubscriptionNotFound" Message="Not there."'
        )


class TestUpdate:
    def test_sends_the_whole_resource(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        _, state = instance.create(GALLERY, gallery)
        outputs = instance.update(GALLERY, gallery | {"description": "d"}, state=state)
        assert arm.bodies[1] == {"location": "westeurope", "properties": {"description": "d"}}
        assert (outputs["description"], outputs["provisioningState"]) == ("d", "Succeeded")


class TestDelete:
    def test_waits_until_it_is_gone(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        identifier, _ = instance.create(GALLERY, gallery)
        instance.delete(GALLERY, identifier)
        assert arm.resources == {}

    def test_what_is_gone_already_is_fine(self, instance: Instance, arm: FakeArm) -> None:
        instance.delete(GALLERY, CORP)
        arm.answers.append(Answer("DELETE", "corp", 404, refusal(404, "ResourceNotFound", "gone")))
        instance.delete(GALLERY, CORP)

    def test_tells_azures_refusal(self, instance: Instance, arm: FakeArm) -> None:
        arm.answers.append(Answer("DELETE", "corp", 409, refusal(409, "CannotDeleteResource", "Nested.")))
        assert refused(instance.delete, GALLERY, CORP) == 'Status=409 Code="CannotDeleteResource" Message="Nested."'


class TestImport:
    def test_inputs_are_what_azure_answers_without_read_only_parts(
        self, instance: Instance, definition: Properties
    ) -> None:
        identifier, _ = instance.create(IMAGE, definition | {"tags": {}})
        _, inputs, _ = instance.read(IMAGE, identifier.replace("resourceGroups", "RESOURCEGROUPS"))
        added = {"hyperVGeneration": "V1", "architecture": "x64", "azureApiVersion": "2024-03-03", "__imported": True}
        assert inputs == definition | added

    def test_a_wrong_id_is_refused(self, instance: Instance, arm: FakeArm, gallery: Properties) -> None:
        instance.create(GALLERY, gallery)
        assert refused(instance.read, IMAGE, CORP).startswith(
            f"failed to parse '{CORP}' against the path '/subscriptions"
        )

    def test_the_next_update_is_empty_when_the_program_says_the_same(
        self, instance: Instance, version: Properties
    ) -> None:
        version["publishingProfile"]["endOfLifeDate"] = "2030-01-01T00:00:00Z"
        identifier, _ = instance.create(VERSION, version)
        _, imported, state = instance.read(VERSION, identifier)
        news, _ = instance.check(VERSION, version, imported)
        assert instance.changes(VERSION, imported, news, state) == {}

    @pytest.mark.parametrize(
        ("change", "path"),
        [
            ({"tags": {"new": "tag"}}, "tags"),
            ({"publishingProfile": {"targetRegions": [{"name": "westeurope"}]}}, "publishingProfile.targetRegions[1]"),
            ({"storageProfile": {"source": {"id": "another"}}}, "storageProfile.source.id"),
        ],
    )
    def test_the_next_update_shows_what_the_program_says_otherwise(
        self, instance: Instance, version: Properties, change: Properties, path: str
    ) -> None:
        identifier, _ = instance.create(VERSION, version)
        _, imported, state = instance.read(VERSION, identifier)
        news, _ = instance.check(VERSION, version | change, imported)
        assert list(instance.changes(VERSION, imported, news, state)) == [path]
