"""Rules about several resources: what a preview, an update and an exported stack show."""

from dataclasses import replace
from typing import Any

import pytest

from acg.catalog.placeholder import Placeholder
from acg.rules import examples
from acg.testing import UNKNOWN, Resource, Secret
from tests.policies.conftest import definition, disk, gallery, version

SUBSCRIPTION = examples.SUBSCRIPTION
DISK_ID = examples.resource_id("disks", "data")
VERSION_ID = examples.version_id("corp/ubuntu/1.0.0")
OS_ID = examples.resource_id("snapshots", "os")
SYSTEM = examples.resource("Disk", "os", diskSizeGB=30, osType="Linux").inputs
FAR = examples.resource("Disk", "data", diskSizeGB=1_025, location="eastus").inputs
COPY = examples.resource("Snapshot", "copy", creationData={"createOption": "Copy", "sourceResourceId": UNKNOWN}).inputs
SNAPSHOT = examples.resource("Snapshot", "os", diskSizeGB=30).inputs


def made_from(data: object, *, os: object = OS_ID, **more: Any) -> Resource:
    """A version of an operating system disk and one data disk."""
    storage = {"osDiskImage": {"source": {"id": os}}, "dataDiskImages": [{"lun": 0, "source": {"id": data}}]}
    return version(with_inputs={"storageProfile": storage}, **more)


class TestSameStackDisks:
    """The size of a disk is no input of a version, so it is looked for in the disk."""

    def test_in_a_preview_the_dependency_tells_which_disk_it_is(self, pack):
        data = disk(1_025)
        made = made_from(UNKNOWN, property_dependencies={"storageProfile": [data]})
        pack.run(data, made).assert_violation("data-disk-size", "1,025 GB", urn=made)

    def test_sizes_that_azure_has_yet_to_tell_change_nothing(self, pack):
        data = disk(1_025)
        late = {"osDiskImage": {"sizeInGB": UNKNOWN}, "dataDiskImages": [{"lun": 0, "sizeInGB": UNKNOWN}]}
        made = made_from(
            UNKNOWN, property_dependencies={"storageProfile": [data]}, outputs={"name": "1.0.0", "storageProfile": late}
        )
        pack.run(data, made).assert_violation("data-disk-size", "1,025 GB", urn=made)

    def test_a_disk_that_is_small_enough_passes(self, pack):
        data = disk(1_024)
        made = made_from(UNKNOWN, property_dependencies={"storageProfile": [data]})
        pack.run(data, made).assert_silent("data-disk-size")

    def test_of_two_unknown_ids_neither_is_guessed(self, pack):
        os, data = disk(30, "os"), disk(1_025)
        made = made_from(UNKNOWN, os=UNKNOWN, property_dependencies={"storageProfile": [os, data]})
        report = pack.run(os, data, made)
        assert report.mandatory == ()
        report.assert_violation("data-disk-size", "not known", level="advisory", urn=made)

    @pytest.mark.parametrize(("size", "policy"), [(1_500, "data-disk-size"), (3_000, "disk-size")])
    def test_of_two_unknown_ids_the_disk_with_a_system_is_the_systems(self, pack, size, policy):
        os, data = Resource("azure-native:compute:Disk", SYSTEM, name="os"), disk(size)
        made = made_from(UNKNOWN, os=UNKNOWN, property_dependencies={"storageProfile": [data, os]})
        pack.run(os, data, made).assert_violation(policy, f"{size:,} GB", urn=made)

    def test_an_id_that_is_traced_is_judged_as_one(self, pack):
        """By rules about the version alone as well, which saw it unknown: nothing more is left to say."""
        os, data = Resource("azure-native:compute:Disk", SYSTEM, name="os"), disk(30)
        made = made_from(UNKNOWN, os=UNKNOWN, property_dependencies={"storageProfile": [data, os]})
        report = pack.run(os, data, made)
        for rule in ("source-id", "disk-source-once", "one-source"):
            report.assert_silent(rule)

    def test_one_disk_twice_is_one_disk_in_a_preview(self, pack):
        data = disk(30)
        made = made_from(UNKNOWN, os=UNKNOWN, property_dependencies={"storageProfile": [data]})
        pack.run(data, made).assert_violation("disk-source-once", "makes two disks", urn=made)

    def test_an_unknown_id_that_is_not_traced_is_undecided_once(self, pack):
        made = made_from(UNKNOWN, os=UNKNOWN)
        assert len([one for one in pack.run(made) if one.policy == "source-id"]) == 1

    def test_a_disk_that_is_known_by_its_id_is_not_the_unknown_one(self, pack):
        os, data = Resource("azure-native:compute:Snapshot", SNAPSHOT, name="os"), disk(1_025)
        made = made_from(UNKNOWN, property_dependencies={"storageProfile": [os, data]})
        pack.run(os, data, made).assert_violation("data-disk-size", "1,025 GB", urn=made)

    def test_a_snapshot_of_a_disk_has_its_size(self, pack):
        data = disk(1_025)
        copy = Resource(
            "azure-native:compute:Snapshot", COPY, name="copy", property_dependencies={"creationData": [data]}
        )
        made = made_from(UNKNOWN, property_dependencies={"storageProfile": [copy]})
        pack.run(data, copy, made).assert_violation("data-disk-size", "1,025 GB", urn=made)

    def test_an_unknown_id_of_something_else_is_not_taken_for_the_disk(self, pack):
        data, vault = disk(1_025), Resource("azure-native:keyvault:Secret", name="id")
        made = made_from(UNKNOWN, property_dependencies={"storageProfile": [data, vault]})
        assert pack.run(data, vault, made).mandatory == ()

    def test_after_an_update_the_id_is_known_and_its_subscription_told_by_it(self, pack):
        data = disk(1_025)
        made = made_from(DISK_ID, property_dependencies={"storageProfile": [data]})
        pack.run(data, made).assert_violation("data-disk-size", "1,025 GB", urn=made)

    def test_during_an_update_the_version_is_refused_before_it_is_sent(self, pack):
        data, made = disk(1_025), made_from(DISK_ID)
        pack.analyze(data)
        pack.analyze(made).assert_violation("data-disk-size", "1,025 GB", urn=made)

    def test_a_disk_of_another_region_is_not_the_one_that_an_id_means(self, pack):
        far = Resource("azure-native:compute:Disk", FAR, name="data")
        pack.analyze(far)
        assert pack.analyze(made_from(DISK_ID)).mandatory == ()

    def test_a_provider_that_names_its_subscription_needs_no_dependency(self, pack):
        provider = Resource("pulumi:providers:azure-native", {"subscriptionId": SUBSCRIPTION.upper()}, name="default")
        pack.run(disk(1_025, provider=provider), made_from(DISK_ID)).assert_violation("data-disk-size")

    def test_a_disk_of_that_name_elsewhere_is_another_disk(self, pack):
        elsewhere = examples.resource_id("disks", "data", subscription=examples.OTHER_SUBSCRIPTION)
        provider = Resource("pulumi:providers:azure-native", {"subscriptionId": SUBSCRIPTION}, name="default")
        report = pack.run(disk(1_025, provider=provider), made_from(elsewhere, provider=provider))
        report.assert_violation("data-disk-size", "not known", level="advisory")

    def test_a_secret_size_stops_the_deployment_untold(self, pack):
        data = disk(Secret(1_025))
        made = made_from(UNKNOWN, property_dependencies={"storageProfile": [data]})
        found = pack.run(data, made).assert_violation("data-disk-size", "secret")
        assert "1,025" not in found.message


class TestProvidersOfLateSubscriptions:
    """Two providers, as of two landing zones, whose subscriptions are made in the same deployment."""

    @staticmethod
    def zone(name: str, subscription: object) -> list[Resource]:
        provider = Resource("pulumi:providers:azure-native", {"subscriptionId": subscription}, name=name)
        made = gallery(provider=provider), definition(provider=provider), version(provider=provider)
        return [replace(one, name=f"{one.name}-{name}") for one in made]

    def test_equal_galleries_of_two_may_be_in_two_subscriptions(self, pack):
        report = pack.run(*self.zone("a", UNKNOWN), *self.zone("b", UNKNOWN))
        assert report.mandatory == ()
        report.assert_violation("gallery-name-unique", "is not known", level="advisory")

    def test_within_one_they_are_in_the_same(self, pack):
        one, *_ = self.zone("a", UNKNOWN)
        report = pack.run(one, replace(one, name="again"))
        report.assert_violation("gallery-name-unique", "in the same subscription")

    def test_each_is_judged_by_its_own_definition(self, pack):
        over, plain, near = self.zone("a", UNKNOWN)
        features = [{"name": "SecurityType", "value": "ConfidentialVM"}]
        confidential = replace(plain, inputs={**plain.inputs, "features": features, "hyperVGeneration": "V2"})
        report = pack.run(over, confidential, near, *self.zone("b", UNKNOWN))
        assert {found.urn for found in report if found.policy == "security-type-kind"} == {near.urn}

    def test_an_id_may_still_mean_a_gallery_of_either(self, pack):
        booted = examples.resource("VirtualMachine", "web", storageProfile={"imageReference": {"id": VERSION_ID}})
        machine = Resource(booted.type, booted.inputs, name="web")
        report = pack.run(*self.zone("a", UNKNOWN), machine)
        report.assert_violation("image-in-region", "want of a subscription", level="advisory", urn=machine)


def test_a_size_read_back_is_a_warning_beside_any_source(pack):
    deployed = version(
        outputs={
            "name": "1.0.0",
            "location": "West Europe",
            "storageProfile": {
                "source": {"id": "…"},
                "osDiskImage": {"sizeInGB": 30.0},
                "dataDiskImages": [{"lun": 3.0, "sizeInGB": 1_500.0}],
            },
        }
    )
    report = pack.run(gallery(), definition(), deployed)
    report.assert_violation("data-disk-size", "1,500 GB", level="advisory", urn=deployed)
    report.assert_silent("disk-size")


def test_inputs_are_judged_and_not_the_names_that_azure_shows(pack):
    """Outputs have display names of regions, and not the names in the path."""
    outputs = {"name": "1.0.0", "location": "West Europe", "publishingProfile": {"targetRegions": [{"name": "X"}]}}
    report = pack.run(gallery(), definition(), version(outputs=outputs))
    assert report.mandatory == ()


class TestLeftAlone:
    """With --target, and for resources that a program only reads, the stack shows what was never analysed."""

    def test_it_is_not_judged(self, pack):
        twin = Resource(gallery().type, {**gallery().inputs, "resourceGroupName": "rg-other"}, name="twin")
        pack.analyze_stack(gallery(), twin).assert_silent("gallery-name-unique")
        pack.analyze(gallery())
        pack.analyze(twin)
        pack.analyze_stack(gallery(), twin).assert_violation("gallery-name-unique")

    def test_it_is_known(self, pack):
        data = disk(1_025)
        made = made_from(UNKNOWN, property_dependencies={"storageProfile": [data]})
        pack.analyze(made)
        pack.analyze_stack(data, made).assert_violation("data-disk-size", "1,025 GB", urn=made)


def test_two_galleries_of_one_name_are_found(pack):
    twin = Resource(gallery().type, {**gallery().inputs, "resourceGroupName": "rg-other"}, name="twin")
    pack.run(gallery(), twin).assert_violation("gallery-name-unique", urn=twin)


class TestNames:
    """A raw program passes group.name, gallery.name and definition.name, which a preview does not know yet."""

    group = Resource("azure-native:resources:ResourceGroup", {"resourceGroupName": "rg-images"}, name="group")
    corp = gallery()

    def definitions(self, used: Resource) -> list[Resource]:
        """Two definitions of one identifier in a gallery that they take their gallery's name from."""
        shared = {"resourceGroupName": UNKNOWN, "galleryName": UNKNOWN}
        identifier = {"publisher": "contoso", "offer": "linux", "sku": "same"}
        return [
            Resource(
                definition().type,
                {**definition().inputs, **shared, "identifier": identifier, "galleryImageName": name},
                name=name,
                property_dependencies={"resourceGroupName": [self.group], "galleryName": [used]},
            )
            for name in ("one", "two")
        ]

    def test_they_lead_to_their_resources_all_the_same(self, pack):
        one, two = self.definitions(self.corp)
        pack.run(self.group, self.corp, one, two).assert_violation("identifier-unique", urn=two)

    def test_a_name_that_comes_from_elsewhere_stays_unknown(self, pack):
        other = Resource("random:index:RandomPet", name="pet")
        one, two = self.definitions(other)
        report = pack.run(self.group, self.corp, other, one, two)
        report.assert_violation("identifier-unique", "galleryName is known only after", level="advisory")


def test_what_is_undecided_for_one_reason_is_said_once(pack):
    versions = [
        Resource(version().type, version(f"1.0.{patch}").inputs, name=f"corp/ubuntu/1.0.{patch}") for patch in range(5)
    ]
    found = pack.run(gallery(), definition(), *versions).assert_violation("disk-size", "not known", level="advisory")
    assert "not checked yet for corp/ubuntu/1.0.0 and 4 more: " in found.message


def test_the_examples_of_this_file_have_no_placeholder_of_the_catalog():
    """`UNKNOWN` of the kit is what the engine sends; the catalog's own stand-in would be refused."""
    with pytest.raises(TypeError, match="a property can hold"):
        version(with_inputs={"location": Placeholder(0)}).request()


def test_a_resource_that_is_shown_again_is_refused_again(pack):
    wrong = version("1.0")
    for _ in range(2):
        pack.analyze(wrong).assert_violation("version-number", urn=wrong)


def test_a_rule_gives_its_reason_once(pack):
    first, second = (pack.analyze(version(number)).assert_violation("version-number") for number in ("1.0", "2.0"))
    assert "\nwhy   " in first.message
    assert "\nwhy   " not in second.message
    assert all("\nfix   " in one.message for one in (first, second))


def test_text_from_outside_is_no_command_to_a_pipeline(pack):
    odd = Resource(version().type, version("1.0").inputs, name="a\n##vso[task.setvariable variable=x]\x1b[31m")
    found = pack.analyze(odd).assert_violation("version-number")
    assert "##vso[" not in found.message
    assert "\x1b" not in found.message
