"""A whole catalog, registered by a program."""

from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi_acg import declare

from acg.catalog.reader import read_catalog
from acg.errors import CatalogError
from tests.components.mocked import ID, run

SOURCE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Compute/images/one"
YAML = f"""\
resourceGroups:
  rg-images: {{location: westeurope}}
  rg-partner: {{location: northeurope, subscription: 2222-b}}
galleries:
  apps:
    resourceGroup: rg-images
    location: westeurope
    images:
      web:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: p, offer: o, sku: s}}
        versions:
          1.0.0: {{source: {{version: base/os/2.0.0}}}}
  base:
    resourceGroup: rg-images
    location: westeurope
    images:
      os:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: p, offer: o, sku: s}}
        versions:
          2.0.0: {{source: {{managedImage: {SOURCE}}}, osDisk: {{expectedSizeGB: 30}}}}
          2.1.0: {{publishedBy: external, location: westeurope}}
  partner:
    resourceGroup: rg-partner
    subscription: 2222-b
  theirs:
    existing: true
    resourceGroup: rg-theirs
    images:
      gateway: {{existing: true}}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    file = tmp_path / "catalog.yaml"
    file.write_text(YAML)
    return file


def declared(file: Path, **options: Any) -> Any:
    return run(lambda: declare(read_catalog(file), **options) and None)


def test_every_gallery_is_a_component(catalog: Path) -> None:
    found = declared(catalog)
    components = [it.name for it in found.requests if it.type == "acg:index:Gallery"]
    assert sorted(components) == ["apps", "base", "partner", "theirs"]


def test_groups_are_registered_once_and_galleries_depend_on_theirs(catalog: Path) -> None:
    found = declared(catalog)
    assert found.names.count("resource-group@rg-images") == 1
    for name in ("apps", "base"):
        (tie,) = found.of(name).propertyDependencies["resourceGroupName"].urns
        assert tie.endswith("::resource-group@rg-images")


def test_galleries_in_several_groups_that_exist_keep_their_own(catalog: Path) -> None:
    catalog.write_text("galleries:\n  one: {resourceGroup: rg-one}\n  two: {resourceGroup: rg-two}\n")
    found = declared(catalog)
    assert [found.inputs(name)["resourceGroupName"] for name in ("one", "two")] == ["rg-one", "rg-two"]


def test_what_exists_and_what_others_publish_is_not_registered(catalog: Path) -> None:
    found = declared(catalog)
    native = {it.name for it in found.requests if it.type.startswith("azure-native")}
    assert native == {
        "resource-group@rg-images",
        "resource-group@rg-partner",
        "apps",
        "apps/web",
        "apps/web/1.0.0",
        "base",
        "base/os",
        "base/os/2.0.0",
        "partner",
    }


def test_a_version_can_be_made_from_one_of_another_gallery(catalog: Path) -> None:
    found = declared(catalog)
    assert found.inputs("apps/web/1.0.0")["storageProfile"]["source"] == {"id": f"{ID}base/os/2.0.0"}


def test_a_subscription_has_one_provider_for_all_that_is_in_it(catalog: Path) -> None:
    found = declared(catalog)
    assert found.names.count("subscription-2222-b") == 1
    for name in ("resource-group@rg-partner", "partner"):
        assert "::subscription-2222-b::" in found.of(name).provider
    assert not found.of("apps").provider


def test_the_providers_log_in_as_the_stack_says(catalog: Path) -> None:
    def program() -> None:
        pulumi.runtime.set_all_config(
            {"azure-native:tenantId": "tenant", "azure-native:clientSecret": "hush"}, ["azure-native:clientSecret"]
        )
        declare(read_catalog(catalog))

    try:
        inputs = run(program).inputs("subscription-2222-b", "pulumi")
    finally:
        pulumi.runtime.set_all_config({}, [])
    assert inputs["tenantId"] == "tenant"
    assert inputs["clientSecret"]["value"] == "hush"


def test_places_and_sizes_travel_in_the_component_s_inputs(catalog: Path) -> None:
    inputs = declared(catalog).inputs("base", "acg")
    assert inputs["declaredIn"] == {".": str(catalog)}
    assert inputs["expectedSizeGB"] == {"os/2.0.0": {"os": 30}}


def test_the_stack_s_switch_wins(catalog: Path) -> None:
    assert declared(catalog).of("base/os/2.0.0").protect
    assert not declared(catalog, protect=False).of("base/os/2.0.0").protect
    assert declared(catalog, protect=True).of("base").protect


def test_options_reach_what_stands_beneath(catalog: Path) -> None:
    seen: list[str] = []

    def look(args: pulumi.ResourceTransformationArgs) -> None:
        seen.append(args.name)

    declared(catalog, opts=pulumi.ResourceOptions(transformations=[look]))
    assert {"base", "base/os", "base/os/2.0.0"} <= set(seen)


def test_all_problems_at_once_and_nothing_registered(catalog: Path) -> None:
    broken = YAML.replace("base/os/2.0.0", "base/os/9.9.9").replace(
        "existing: true\n    resource", "exist: true\n    resource"
    )
    catalog.write_text(broken)

    def program() -> None:
        with pytest.raises(CatalogError) as error:
            declare(read_catalog(catalog))
        assert len(error.value.problems) >= 2
        assert all(it.file == str(catalog) and it.line for it in error.value.problems)

    assert not run(program).requests


def test_a_file_of_a_folder_says_which_shared_parts_are_left_out(catalog: Path, monkeypatch: pytest.MonkeyPatch):
    (catalog.parent / "common.yaml").write_text("defaults: {tags: {team: images}}\n")
    warnings: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", warnings.append)

    declared(catalog)

    [warning] = warnings
    assert warning.endswith("common.yaml is not read, and with it defaults that it declares for the whole folder")
