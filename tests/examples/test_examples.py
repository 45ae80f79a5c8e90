"""The catalogs that come with the project: each is what it says, deploys, and is unchanged the second time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from acg.catalog.models import Catalog, DataDisk, ImageVersion, OSDisk
from acg.catalog.reader import read_catalog
from acg.desired.lower import lower
from tests.embedded import Embedded

ROOT = Path(__file__).resolve().parents[2]
EVERY_KIND = {"virtualMachine", "managedImage", "version", "communityVersion", "disk", "snapshot", "vhd", "mixed"}


def read(path: str) -> Catalog:
    reading = read_catalog(ROOT / path)
    assert reading.problems == ()
    assert reading.catalog is not None
    return reading.catalog


def versions(catalog: Catalog) -> Iterator[ImageVersion]:
    for gallery in catalog.galleries.values():
        for image in gallery.images.values():
            yield from image.versions.values()


def disk_kind(disk: OSDisk | DataDisk) -> str | None:
    return next((kind for kind in ("disk", "snapshot", "vhd") if getattr(disk, kind)), None)


def kind_of_source(version: ImageVersion) -> str:
    if version.source is not None:
        return next(iter(version.source.model_dump(exclude_none=True)))
    assert version.os_disk is not None
    kinds = {disk_kind(version.os_disk), *(disk_kind(disk) for disk in version.data_disks or ())}
    return "mixed" if len(kinds) > 1 else str(kinds.pop())


def test_the_example_shows_what_a_platform_team_declares() -> None:
    catalog = read("galleries")
    images = [image for gallery in catalog.galleries.values() for image in gallery.images.values()]
    published = list(versions(catalog))
    assert len(catalog.galleries) == 2
    assert len(images) >= 5
    assert len(published) >= 10
    assert {image.os_state for image in images} == {"Generalized", "Specialized"}
    assert any(image.os_type == "Windows" and image.plan for image in images)
    assert any(image.architecture == "Arm64" for image in images)
    assert any(image.security_type == "ConfidentialVMSupported" for image in images)
    assert any(version.exclude_from_latest for version in published)
    assert any(version.end_of_life_date for version in published)
    assert any(version.data_disks for version in published)


def test_the_example_has_every_kind_of_source() -> None:
    assert {kind_of_source(version) for version in versions(read("galleries"))} == EVERY_KIND


def test_the_example_has_several_regions_and_all_three_storage_types() -> None:
    lowered = [resource.inputs for resource in lower(read("galleries")).usable()]
    profiles = [inputs["publishingProfile"] for inputs in lowered if "publishingProfile" in inputs]
    regions = [region for profile in profiles for region in profile["targetRegions"]]
    types = {part.get("storageAccountType") for part in [*profiles, *regions]} - {None}
    assert types == {"Standard_LRS", "Standard_ZRS", "Premium_LRS"}
    assert len({region["name"] for region in regions}) >= 3


@pytest.mark.engine
@pytest.mark.parametrize("example", ["defaults", "hardened", "labs", "max"])
def test_deployed_twice_the_second_time_changes_nothing(azure: Embedded, example: str) -> None:
    catalog = ("--config", f"acg:catalog=examples/{example}.yaml")
    azure.pulumi("up", "--yes", *catalog, cwd=ROOT)
    azure.pulumi("up", "--yes", "--expect-no-changes", *catalog, cwd=ROOT)
    azure.pulumi("refresh", "--yes", "--expect-no-changes", *catalog, cwd=ROOT)
