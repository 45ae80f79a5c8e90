"""Test data of any size: the same galleries as a catalog, and as a raw azure-native program."""

from pathlib import Path

import yaml

REGIONS = ("westeurope", "northeurope", "swedencentral")
SOURCE = (
    "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-sources/providers/Microsoft.Compute/images"
)


def catalog(versions: int, *, definitions: int = 1, regions: int = 2) -> str:
    """YAML of one gallery with ``versions`` versions spread evenly over ``definitions`` definitions."""
    per_definition = versions // definitions
    images = {
        f"image-{number:03}": {
            "osType": "Linux",
            "osState": "Generalized",
            "hyperVGeneration": "V2",
            "identifier": {"publisher": "contoso", "offer": "bench", "sku": f"sku-{number:03}"},
            "versions": {
                f"1.{patch // 100}.{patch % 100}": _version(patch, regions) for patch in range(per_definition)
            },
        }
        for number in range(definitions)
    }
    gallery = {"resourceGroup": "rg-bench", "location": REGIONS[0], "images": images}
    return yaml.safe_dump({"galleries": {"bench": gallery}}, sort_keys=False)


def _version(patch: int, regions: int) -> dict[str, object]:
    return {
        "source": {"managedImage": f"{SOURCE}/ubuntu-{patch:05}"},
        "osDisk": {"expectedSizeGB": 30},
        "targetRegions": [
            {"name": name, "regionalReplicaCount": 2, "storageAccountType": "Standard_ZRS"}
            for name in REGIONS[:regions]
        ],
        "endOfLifeDate": "2032-06-30",
    }


RAW_PROGRAM = f'''"""The galleries as a program would declare it with azure-native alone."""
import pulumi
from pulumi_azure_native import compute

count = pulumi.Config().require_int("count")
gallery = compute.Gallery("bench", gallery_name="bench", resource_group_name="rg-bench", location="{REGIONS[0]}")
image = compute.GalleryImage(
    "bench/image-000",
    gallery_name=gallery.name,
    gallery_image_name="image-000",
    resource_group_name="rg-bench",
    location="{REGIONS[0]}",
    os_type=compute.OperatingSystemTypes.LINUX,
    os_state=compute.OperatingSystemStateTypes.GENERALIZED,
    hyper_v_generation="V2",
    identifier=compute.GalleryImageIdentifierArgs(publisher="contoso", offer="bench", sku="sku-000"),
)
for patch in range(count):
    number = f"1.{{patch // 100}}.{{patch % 100}}"
    compute.GalleryImageVersion(
        f"bench/image-000/{{number}}",
        gallery_name=gallery.name,
        gallery_image_name=image.name,
        gallery_image_version_name=number,
        resource_group_name="rg-bench",
        location="{REGIONS[0]}",
        storage_profile=compute.GalleryImageVersionStorageProfileArgs(
            source=compute.GalleryArtifactVersionFullSourceArgs(id=f"{SOURCE}/ubuntu-{{patch:05}}"),
        ),
        publishing_profile=compute.GalleryImageVersionPublishingProfileArgs(
            storage_account_type="Standard_LRS",
            end_of_life_date="2032-06-30",
            target_regions=[
                compute.TargetRegionArgs(name=name, regional_replica_count=2, storage_account_type="Standard_ZRS")
                for name in {REGIONS[:2]!r}
            ],
        ),
    )
'''


def write_catalog_project(folder: Path, root: Path, versions: int) -> None:
    """A project that runs the product's own program over a catalog of ``versions`` versions."""
    _write_project(folder, root, {"acg:catalog": "catalog.yaml"})
    (folder / "__main__.py").write_text((root / "__main__.py").read_text())
    (folder / "catalog.yaml").write_text(catalog(versions))


def write_raw_project(folder: Path, root: Path, versions: int) -> None:
    """The same galleries, declared with azure-native's typed classes."""
    _write_project(folder, root, {"bench:count": versions})
    (folder / "__main__.py").write_text(RAW_PROGRAM)


def _write_project(folder: Path, root: Path, config: dict[str, object]) -> None:
    folder.mkdir(parents=True)
    options = {"toolchain": "pip", "virtualenv": str(root / ".venv")}
    project = {"name": "bench", "runtime": {"name": "python", "options": options}}
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project))
    (folder / "Pulumi.bench.yaml").write_text(yaml.safe_dump({"config": config}))
