"""What an exported stack of a raw program becomes, and what has to leave it first."""

from __future__ import annotations

from typing import Any

import pytest

from acg.adopt.exported import adopt_stack
from acg.adopt.model import Adoption
from acg.catalog.models import Catalog
from acg.desired.formerly import problems
from acg.state.exported import stack_of
from tests.adopt.existing import lowered_text

SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-000000000001"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
SOURCE = f"{COMPUTE}/images/one"
DEFAULT = "urn:pulumi:dev::raw::pulumi:providers:azure-native::default_3_29_0::0a"
OWN = "urn:pulumi:dev::raw::pulumi:providers:azure-native::mine::0b"
GEN2 = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2"}

Json = dict[str, Any]


def urn(type_: str, name: str) -> str:
    return f"urn:pulumi:dev::raw::azure-native:{type_}::{name}"


def entry(type_: str, name: str, id_: str, provider: str = DEFAULT, **inputs: Any) -> Json:
    return {
        "urn": urn(type_, name),
        "type": f"azure-native:{type_}",
        "custom": True,
        "id": id_,
        "provider": provider,
        "inputs": {"azureApiVersion": "2024-03-03", "__defaults": [], **inputs},
    }


def group(**more: Any) -> Json:
    return entry("resources:ResourceGroup", "group", GROUP, resourceGroupName="rg", location="westeurope", **more)


def gallery(type_: str = "compute:Gallery", **more: Any) -> Json:
    names = {"resourceGroupName": "rg", "galleryName": "corp"}
    return entry(type_, "gallery", f"{COMPUTE}/galleries/corp", location="westeurope", **names, **more)


def image(provider: str = DEFAULT, **more: Any) -> Json:
    names = {"resourceGroupName": "rg", "galleryName": "corp", "galleryImageName": "web"}
    identifier = {"publisher": "contoso", "offer": "web", "sku": "gen2"}
    fixed = {"location": "westeurope", "identifier": identifier, **GEN2}
    return entry(
        "compute:GalleryImage", "image", f"{COMPUTE}/galleries/corp/images/web", provider, **names, **fixed, **more
    )


def version(number: str = "1.0.0", provider: str = DEFAULT, **more: Any) -> Json:
    names = {"resourceGroupName": "rg", "galleryName": "corp", "galleryImageName": "web"}
    return entry(
        "compute:GalleryImageVersion",
        f"version-{number}",
        f"{COMPUTE}/galleries/corp/images/web/versions/{number}",
        provider,
        galleryImageVersionName=number,
        location="westeurope",
        storageProfile={"source": {"id": SOURCE}},
        publishingProfile={"targetRegions": [{"name": "westeurope"}], "storageAccountType": "Standard_LRS", **more},
        **names,
    )


def adopted(*entries: Json) -> Adoption:
    return adopt_stack(stack_of(entries))


def test_everything_says_by_which_urn_pulumi_knows_it() -> None:
    found = adopted(group(tags={"a": "b"}), gallery(), image(), version())
    assert found.left_out == ()
    assert found.commands == ()
    assert found.document["resourceGroups"]["rg"]["formerly"] == urn("resources:ResourceGroup", "group")
    corp = found.document["galleries"]["corp"]
    assert corp["formerly"] == urn("compute:Gallery", "gallery")
    assert corp["images"]["web"]["formerly"] == urn("compute:GalleryImage", "image")
    declared = corp["images"]["web"]["versions"]["1.0.0"]
    assert declared["formerly"] == urn("compute:GalleryImageVersion", "version-1.0.0")
    lowered = lowered_text(found.document)
    assert {one.name: one.formerly for one in lowered.resources} == {
        "resource-group@rg": urn("resources:ResourceGroup", "group"),
        "corp": urn("compute:Gallery", "gallery"),
        "corp/web": urn("compute:GalleryImage", "image"),
        "corp/web/1.0.0": urn("compute:GalleryImageVersion", "version-1.0.0"),
    }
    assert list(problems(Catalog.model_validate(found.document))) == []


def test_a_type_with_an_api_version_is_the_same_resource() -> None:
    assert adopted(gallery("compute/v20240303:Gallery")).left_out == ()


def test_what_a_catalog_has_no_word_for_stays_in_the_program() -> None:
    account = entry("storage:StorageAccount", "vhds", f"{GROUP}/providers/Microsoft.Storage/storageAccounts/vhds")
    (left,) = adopted(gallery(), account).left_out
    assert left.what == "azure-native:storage:StorageAccount vhds"
    assert "Keep it in the program" in left.reason
    assert not left.declared


def test_what_is_not_managed_leaves_the_stack_before_an_update_deletes_it() -> None:
    found = adopted(gallery(), image(), version(), version("1.1.0", OWN))
    (left,) = found.left_out
    assert left.what == "corp/web 1.1.0"
    assert "a provider of its own" in left.reason
    gone = urn("compute:GalleryImageVersion", "version-1.1.0")
    assert found.commands == (f"pulumi state delete {gone} --yes",)
    declared = found.document["galleries"]["corp"]["images"]["web"]["versions"]["1.1.0"]
    assert declared["publishedBy"] == "external"
    assert "formerly" not in declared


def test_a_definition_leaves_the_stack_without_its_versions() -> None:
    found = adopted(gallery(), image(OWN), version())
    (command,) = found.commands
    assert command.startswith("pulumi stack export | jq ")
    assert urn("compute:GalleryImage", "image") in command
    assert list(found.managed) == ["corp", "corp/web/1.0.0"]


def test_what_a_program_left_to_azure_would_be_replaced_and_is_not_adopted() -> None:
    without = version("1.1.0")
    del without["inputs"]["publishingProfile"]["storageAccountType"]
    (left,) = adopted(gallery(), image(), version(), without).left_out
    assert left.what == "corp/web 1.1.0"
    assert "sends publishingProfile.storageAccountType otherwise than the program" in left.reason
    small = image()
    del small["inputs"]["hyperVGeneration"]
    (left,) = adopted(gallery(), small, version()).left_out
    assert "sends hyperVGeneration otherwise than the program" in left.reason


def test_versions_that_others_publish_leave_the_stack() -> None:
    found = adopt_stack(stack_of([gallery(), image(), version()]), ["corp/*"])
    assert found.commands == (f"pulumi state delete {urn('compute:GalleryImageVersion', 'version-1.0.0')} --yes",)


def test_what_a_component_manages_is_left_to_it() -> None:
    inside = gallery()
    inside["urn"] = "urn:pulumi:dev::raw::acg:index:Gallery$azure-native:compute:Gallery::corp"
    (left,) = adopted(inside).left_out
    assert left.reason == "A component manages it already."


IMAGE_URN = urn("compute:GalleryImage", "image")


@pytest.mark.parametrize(
    ("image_formerly", "version_formerly", "says"),
    [
        ("web", "", "formerly: web is not a whole URN"),
        (urn("compute:Gallery", "g"), "", "is the URN of azure-native:compute:Gallery, not of"),
        ("", IMAGE_URN, "is the URN of azure-native:compute:GalleryImage, not of"),
    ],
)
def test_former_urns_that_cannot_be_meant(image_formerly: str, version_formerly: str, says: str) -> None:
    declared: Json = {
        "source": {"managedImage": SOURCE},
        **({"formerly": version_formerly} if version_formerly else {}),
    }
    definition: Json = {
        **GEN2,
        "identifier": {"publisher": "p", "offer": "o", "sku": "s"},
        **({"formerly": image_formerly} if image_formerly else {}),
        "versions": {"1.0.0": declared},
    }
    catalog = Catalog.model_validate({"galleries": {"corp": {"resourceGroup": "rg", "images": {"web": definition}}}})
    (problem,) = problems(catalog)
    assert says in problem.message


def test_two_definitions_cannot_both_go_on_as_one() -> None:
    one: Json = {**GEN2, "identifier": {"publisher": "p", "offer": "o", "sku": "s"}, "formerly": IMAGE_URN}
    images = {"web": one, "app": one}
    catalog = Catalog.model_validate({"galleries": {"corp": {"resourceGroup": "rg", "images": images}}})
    (problem,) = problems(catalog)
    assert "is what corp/web says that it was, too" in problem.message
    assert problem.path == ("galleries", "corp", "images", "app", "formerly")
