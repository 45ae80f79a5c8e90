"""What the Gallery component registers."""

from typing import Any

import pulumi
import pytest
from pulumi_acg import ArgsError, Gallery

from acg.azure import kinds
from tests.components.mocked import ID, run

IMAGE: Any = {
    "os_type": "Linux",
    "os_state": "Generalized",
    "identifier": {"publisher": "p", "offer": "o", "sku": "s"},
}


SOURCE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/images/one"
HERE = {"name": "westeurope"}


def corp(versions: dict[str, Any] | None = None, **args: Any) -> Any:
    """A gallery of one image; each version has a source and a region unless it says otherwise."""
    base = {"source": {"managed_image": SOURCE}, "target_regions": [HERE]}
    declared = {number: {**base, **version} for number, version in (versions or {"1.0.0": {}}).items()}
    image = {**IMAGE, "versions": declared}
    return {"resource_group": "rg", "location": "westeurope", "images": {"ubuntu": image}, **args}


def declare(args: Any, opts: pulumi.ResourceOptions | None = None, *, preview: bool = False) -> Any:
    return run(lambda: Gallery("corp", args, opts) and None, preview=preview)


def test_native_resources_stand_directly_beneath_the_gallery() -> None:
    found = declare(corp(readers=[{"principal_id": "someone"}], lock={"level": "CanNotDelete"}))
    component = found.of("corp", "acg")
    assert component.parent.endswith("::project-stack")
    native = [it for it in found.requests if it is not component]
    assert {it.parent.rpartition("$")[2] for it in native} == {"acg:index:Gallery::corp"}
    assert sorted((it.type, it.name) for it in native) == [
        (kinds.LOCK, "corp@lock"),
        (kinds.ROLE_ASSIGNMENT, "corp@reader/someone"),
        (kinds.GALLERY, "corp"),
        (kinds.IMAGE, "corp/ubuntu"),
        (kinds.VERSION, "corp/ubuntu/1.0.0"),
    ]


def test_names_of_parents_depend_on_the_parents_and_are_known_in_preview() -> None:
    found = declare(corp(), preview=True)
    version = found.of("corp/ubuntu/1.0.0")
    assert found.inputs("corp/ubuntu/1.0.0")["galleryName"] == "corp"
    assert found.inputs("corp/ubuntu/1.0.0")["galleryImageName"] == "ubuntu"
    depends = {key: [urn.rpartition("::")[2] for urn in it.urns] for key, it in version.propertyDependencies.items()}
    assert {key: names for key, names in depends.items() if names} == {
        "galleryName": ["corp"],
        "galleryImageName": ["corp/ubuntu"],
    }


def test_the_engine_picks_the_provider_that_the_typed_classes_would_pick() -> None:
    from pulumi_azure_native import _utilities

    found = declare(corp())
    assert {it.version for it in found.requests[1:]} == {_utilities.get_version()}
    assert {it.pluginDownloadURL for it in found.requests[1:]} == {_utilities.get_plugin_download_url() or ""}


def test_a_new_resource_takes_the_place_of_the_old_one() -> None:
    found = declare(corp())
    for name in ("corp", "corp/ubuntu", "corp/ubuntu/1.0.0"):
        assert found.of(name).deleteBeforeReplace
    assert "osState" in found.of("corp/ubuntu").replaceOnChanges
    version = list(found.of("corp/ubuntu/1.0.0").replaceOnChanges)
    assert "storageProfile.source" in version
    assert not [path for path in version if "targetRegions" in path or "[" in path]


def test_protection_and_waits_reach_the_engine() -> None:
    found = declare(corp({"1.0.0": {"target_regions": [HERE, {"name": "northeurope"}], "retire": True}}))
    assert [found.of(name).protect for name in ("corp", "corp/ubuntu", "corp/ubuntu/1.0.0")] == [True, True, False]
    timeouts = found.of("corp/ubuntu/1.0.0").customTimeouts
    assert (timeouts.create, timeouts.update, timeouts.delete) == ("75m", "75m", "60m")
    assert not found.of("corp/ubuntu").HasField("customTimeouts")


def test_no_alias_but_the_program_s_own() -> None:
    old = pulumi.Alias(name="old", parent=pulumi.ROOT_STACK_RESOURCE)

    def keep(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        if args.type_ != kinds.GALLERY:
            return None
        opts = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(aliases=[old]))
        return pulumi.ResourceTransformationResult(args.props, opts)

    assert not [it.name for it in declare(corp()).requests if it.aliases]
    found = declare(corp(), pulumi.ResourceOptions(transformations=[keep]))
    (alias,) = found.of("corp", kinds.GALLERY).aliases
    assert (alias.spec.name, alias.spec.noParent) == ("old", True)
    assert not found.of("corp/ubuntu").aliases


def test_the_component_s_inputs_carry_what_the_policies_cannot_see_otherwise() -> None:
    version = {
        "os_disk": {"expected_size_GB": 30.0},
        "suppress": [{"rule": "ACG402", "reason": "moving", "until": "2030-01-01"}],
    }
    assert declare(corp({"1.0.0": version})).inputs("corp", "acg") == {
        "expectedSizeGB": {"ubuntu/1.0.0": {"os": 30}},
        "suppress": {"ubuntu/1.0.0": [{"rule": "ACG402", "reason": "moving", "until": "2030-01-01"}]},
    }


def test_outputs() -> None:
    plan = {"name": "pro", "publisher": "p", "product": "ubuntu"}
    args = corp({"1.0.0": {}, "1.1.0": {"published_by": "external", "target_regions": [{"name": "northeurope"}]}})
    args["images"]["ubuntu"]["plan"] = plan
    seen: dict[str, Any] = {}

    def program() -> pulumi.Output[Any]:
        one = Gallery("corp", args)
        named = ("gallery_id", "unique_name", "image_ids", "version_ids", "latest", "purchase_plans")
        return pulumi.Output.all(*(getattr(one, name) for name in named)).apply(
            lambda values: seen.update(zip(named, values, strict=True))
        )

    found = run(program)
    assert seen == {
        "gallery_id": f"{ID}corp",
        "unique_name": "UNIQUE",
        "image_ids": {"ubuntu": f"{ID}corp/ubuntu"},
        "version_ids": {"ubuntu/1.0.0": f"{ID}corp/ubuntu/1.0.0", "ubuntu/1.1.0": f"{ID}corp/ubuntu/versions/1.1.0"},
        "latest": {"ubuntu": {"northeurope": "1.1.0", "westeurope": "1.0.0"}},
        "purchase_plans": {"ubuntu": plan},
    }
    assert found.outputs["corp"] == {
        "galleryId": seen["gallery_id"],
        "uniqueName": seen["unique_name"],
        "imageIds": seen["image_ids"],
        "versionIds": seen["version_ids"],
        "latest": seen["latest"],
        "purchasePlans": seen["purchase_plans"],
    }


@pytest.mark.parametrize(
    ("args", "version_ids"),
    [
        ({"existing": True}, {}),
        (
            {"existing": True, "subscription": "S"},
            {
                "ubuntu/1.0.0": "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"
                "/images/ubuntu/versions/1.0.0"
            },
        ),
    ],
)
def test_ids_of_what_exists_are_told_as_far_as_they_are_known(args: Any, version_ids: Any) -> None:
    images = {"ubuntu": {"existing": True, "versions": {"1.0.0": {"published_by": "external"}}}}
    found = declare({"resource_group": "rg", "images": images, **args})
    assert [it.type for it in found.requests] == ["acg:index:Gallery"]
    assert found.outputs["corp"]["versionIds"] == version_ids


def test_outputs_are_put_back_with_their_dependencies_and_secretness() -> None:
    def program() -> None:
        group = pulumi.CustomResource("test:index:Group", "group", {"name": "rg-made"})
        name: pulumi.Output[str] = group.__dict__["name"]
        args = corp({"1.0.0": {"source": {"virtual_machine": group.id}}}, tags={"key": pulumi.Output.secret("hush")})
        args["resource_group"] = name
        Gallery("corp", args)

    found = run(program)
    version = found.of("corp/ubuntu/1.0.0")
    inputs = found.inputs("corp/ubuntu/1.0.0")
    assert inputs["resourceGroupName"] == "rg-made"
    assert inputs["storageProfile"] == {"source": {"virtualMachineId": f"{ID}group"}}
    for key in ("resourceGroupName", "storageProfile"):
        assert [urn.rpartition("::")[2] for urn in version.propertyDependencies[key].urns] == ["group"]
    secret = found.inputs("corp")["tags"]["key"]
    assert secret["value"] == "hush"
    assert "4dabf18193072939515e22adb298388d" in secret, "Pulumi's mark of a secret"


def test_every_problem_is_told_at_once_and_nothing_is_registered() -> None:
    caught: list[ArgsError] = []

    def program() -> None:
        args = corp(
            {
                "1.0.0": {"target_regions": [{"name": pulumi.Output.from_input("here")}], "replica_count": "two"},
                "1.1.0": {"sauce": {}, "source": {"version": "corp/ubuntu/9.9.9"}},
            },
            soft_delete_policy=True,
        )
        args["images"]["debian"] = {"os_type": "Linux", "os_state": "Generalized", "identifier": {"publisher": "p"}}
        with pytest.raises(ArgsError) as error:
            Gallery("corp", args)
        caught.append(error.value)

    found = run(program)
    assert not found.requests
    (error,) = caught
    assert isinstance(error, pulumi.InputPropertiesError)
    assert {it["property_path"]: it["reason"] for it in error.errors or []} == {
        "softDeletePolicy": "is true, needs a mapping",
        'images.ubuntu.versions["1.0.0"].targetRegions[0].name': (
            "is an Output, and has to be known before deployment: names, numbers, regions and sizes are plain values"
        ),
        'images.ubuntu.versions["1.0.0"].replicaCount': "is the text 'two', needs a whole number",
        'images.ubuntu.versions["1.1.0"].sauce': "is not known here; did you mean source?",
        "images.debian.identifier.offer": "is missing",
        "images.debian.identifier.sku": "is missing",
    }
    assert str(error).startswith("corp has errors:\n")


def test_what_several_resources_have_from_one_argument_is_one_problem() -> None:
    assert str(ArgsError("corp", [("location", "is wrong")] * 3)) == "corp has errors:\n  location: is wrong"


def test_problems_that_only_the_whole_shows_have_property_paths_too() -> None:
    args = corp({"1.0.0": {"published_on": "soon"}, "1.1.0": {"source": {"version": "corp/ubuntu/9.9.9"}}})

    def program() -> None:
        with pytest.raises(ArgsError) as error:
            Gallery("corp", args)
        paths = [it["property_path"] for it in error.value.errors or []]
        assert paths == [
            'images.ubuntu.versions["1.0.0"].publishedOn',
            'images.ubuntu.versions["1.1.0"].source.version',
        ]

    assert not run(program).requests


def test_numbers_from_other_languages_are_integers() -> None:
    found = declare(corp({"1.0.0": {"replica_count": 2.0, "data_disks": [{"lun": 0.0, "expected_size_GB": 30.0}]}}))
    assert found.inputs("corp/ubuntu/1.0.0")["publishingProfile"]["replicaCount"] == 2
    refused = corp({"1.0.0": {"replica_count": 2.5}})
    with pytest.raises(ArgsError, match=r"replicaCount: is the number 2\.5, needs"):
        declare(refused)


def test_another_subscription_gets_one_provider_of_its_own() -> None:
    found = declare(corp(subscription="2222"))
    assert found.inputs("corp-subscription-2222", "pulumi")["subscriptionId"] == "2222"
    for name in ("corp", "corp/ubuntu", "corp/ubuntu/1.0.0"):
        assert "::corp-subscription-2222::" in found.of(name).provider


def test_the_program_s_own_provider_reaches_the_resources() -> None:
    def program() -> None:
        mine = pulumi.ProviderResource("azure-native", "mine", {"subscriptionId": "3333"})
        Gallery("one", corp(), pulumi.ResourceOptions(provider=mine))
        Gallery("two", corp(), pulumi.ResourceOptions(providers=[mine]))

    found = run(program)
    for name in ("one/ubuntu", "two/ubuntu"):
        assert "::mine::" in found.of(name).provider


def test_versions_by_address_get_the_other_version_s_id() -> None:
    args = corp({"1.0.0": {}, "1.1.0": {"source": {"version": "corp/ubuntu/1.0.0"}}})
    found = declare(args)
    assert found.inputs("corp/ubuntu/1.1.0")["storageProfile"] == {"source": {"id": f"{ID}corp/ubuntu/1.0.0"}}
    (dependency,) = found.of("corp/ubuntu/1.1.0").propertyDependencies["storageProfile"].urns
    assert dependency.endswith("corp/ubuntu/1.0.0")


def test_a_stack_trace_leads_to_the_component_and_not_into_it() -> None:
    found = declare(corp())
    assert found.of("corp", "acg").sourcePosition.uri.endswith("test_gallery.py")
    assert not found.of("corp/ubuntu").HasField("sourcePosition")


def test_a_component_with_a_slash_in_its_name_keeps_it() -> None:
    found = run(lambda: Gallery("team/corp", corp(name="corp")) and None)
    assert found.inputs("team/corp/ubuntu/1.0.0")["galleryName"] == "corp"


@pytest.mark.parametrize(
    ("query", "is_secret"),
    [("", False), ("?snapshot=1", False), ("?sig=abc", True), ("?sv=1&SIG=abc&se=x", True)],
)
def test_an_address_with_a_signature_is_a_secret(query: str, is_secret: bool) -> None:
    address = f"https://account.blob.core.windows.net/vhds/os.vhd{query}"
    found = declare(corp({"1.0.0": {"source": None, "os_disk": {"vhd": address, "storage_account": "/account"}}}))
    uri = found.inputs("corp/ubuntu/1.0.0")["storageProfile"]["osDiskImage"]["source"]["uri"]
    assert (uri != address and uri["value"] == address) == is_secret
