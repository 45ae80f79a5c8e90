"""ImageDefinition and ImageVersion: one at a time in a program."""

from typing import Any

import pulumi
import pytest
from pulumi_acg import ArgsError, ImageDefinition, ImageVersion

from acg.azure import kinds
from tests.components.mocked import ID, run

DEFINITION: Any = {
    "gallery_name": "corp",
    "resource_group": "rg",
    "location": "westeurope",
    "os_type": "Linux",
    "os_state": "Generalized",
    "identifier": {"publisher": "p", "offer": "o", "sku": "s"},
}
VERSION: Any = {
    "gallery_name": "corp",
    "image_name": "ubuntu",
    "resource_group": "rg",
    "version": "1.0.0",
    "location": "westeurope",
    "source": {"managed_image": "/image"},
    "target_regions": [{"name": "West Europe"}],
}


def definition(**more: Any) -> Any:
    return {**DEFINITION, **more}


def version(**more: Any) -> Any:
    return {**VERSION, **more}


def test_a_definition_is_called_after_its_component_unless_it_has_a_name() -> None:
    def program() -> None:
        ImageDefinition("ubuntu", DEFINITION)
        ImageDefinition("second", definition(name="debian"))

    found = run(program)
    assert found.inputs("ubuntu")["galleryImageName"] == "ubuntu"
    assert found.inputs("second")["galleryImageName"] == "debian"
    assert found.of("ubuntu", kinds.IMAGE).parent.endswith("acg:index:ImageDefinition::ubuntu")
    assert [it.type for it in found.requests].count(kinds.GALLERY) == 0, "the gallery exists"


def test_a_definition_may_bring_its_versions() -> None:
    own = {key: VERSION[key] for key in ("source", "target_regions")}
    seen: dict[str, Any] = {}

    def program() -> Any:
        one = ImageDefinition("ubuntu", definition(plan={"name": "pro"}, versions={"1.0.0": own}))
        named = ("image_id", "version_ids", "latest", "purchase_plan")
        return pulumi.Output.all(*(getattr(one, name) for name in named)).apply(
            lambda values: seen.update(zip(named, values, strict=True))
        )

    found = run(program)
    assert found.inputs("ubuntu/1.0.0")["galleryImageName"] == "ubuntu"
    assert seen == {
        "image_id": f"{ID}ubuntu",
        "version_ids": {"1.0.0": f"{ID}ubuntu/1.0.0"},
        "latest": {"westeurope": "1.0.0"},
        "purchase_plan": {"name": "pro"},
    }


def test_a_version_stands_beneath_its_component() -> None:
    found = run(lambda: ImageVersion("ubuntu-1.0.0", VERSION) and None)
    assert [(it.type, it.name) for it in found.requests] == [
        ("acg:index:ImageVersion", "ubuntu-1.0.0"),
        (kinds.VERSION, "ubuntu-1.0.0"),
    ]
    inputs = found.inputs("ubuntu-1.0.0")
    assert (inputs["galleryImageVersionName"], inputs["publishingProfile"]["targetRegions"]) == (
        "1.0.0",
        [{"name": "westeurope"}],
    )
    assert found.outputs["ubuntu-1.0.0"] == {"versionId": f"{ID}ubuntu-1.0.0"}
    assert found.of("ubuntu-1.0.0", kinds.VERSION).protect


@pytest.mark.parametrize("preview", [False, True])
def test_ids_tie_a_version_to_a_definition_of_the_same_program(preview: bool) -> None:
    def program() -> None:
        image = ImageDefinition("ubuntu", DEFINITION)
        ImageVersion("version", version(image_id=image.image_id))

    found = run(program, preview=preview)
    assert found.inputs("version")["galleryImageName"] == "ubuntu", "known, although the id is not"
    (tie,) = found.of("version", kinds.VERSION).propertyDependencies["galleryImageName"].urns
    assert tie.endswith("::ubuntu")


def test_ids_tie_a_definition_to_a_gallery_of_the_same_program() -> None:
    def program() -> None:
        gallery = pulumi.CustomResource("test:index:Gallery", "made", {"name": "corp"})
        ImageDefinition("ubuntu", definition(gallery_id=gallery.id))

    found = run(program)
    (tie,) = found.of("ubuntu", kinds.IMAGE).propertyDependencies["galleryName"].urns
    assert tie.endswith("::made")


def test_problems_have_the_paths_of_the_component_s_own_args() -> None:
    with pytest.raises(ArgsError) as error:
        run(lambda: ImageVersion("v", version(published_on="soon")) and None)
    assert [it["property_path"] for it in error.value.errors or []] == ["publishedOn"]
    with pytest.raises(ArgsError) as error:
        run(lambda: ImageDefinition("d", {"gallery_name": "corp", "os_typ": "Linux"}) and None)  # type: ignore[typeddict-unknown-key]
    reasons = {it["property_path"]: it["reason"] for it in error.value.errors or []}
    assert reasons["resourceGroup"] == "is missing"
    assert reasons["os_typ"] == "is not known here; did you mean os_type?"
