"""Machines and a managed image that Azure refuses, each for a reason of its own, of an image of the same program."""

# As people write such programs: plain text and mappings where the types want enumerations and classes.
# pyright: reportArgumentType=false

from typing import Any

import pulumi_azure_native as az

SOURCES = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-sources/providers/Microsoft.Compute"
COMMUNITY = "/CommunityGalleries/rocky-dc1c6aa6/Images/Rocky-9-x86_64/Versions/9.4.20240509"
PLACE: dict[str, Any] = {"resource_group_name": "rg-sources", "location": "westeurope"}
OS_PROFILE = {"computer_name": "web", "admin_username": "ops"}
gallery = az.compute.Gallery("g", gallery_name="boots", **PLACE)
definition = az.compute.GalleryImage(
    "d",
    gallery_name=gallery.name,
    gallery_image_name="web",
    os_type="Linux",
    os_state="Generalized",
    hyper_v_generation="V2",
    identifier={"publisher": "contoso", "offer": "o", "sku": "web"},
    **PLACE,
)
version = az.compute.GalleryImageVersion(
    "v",
    gallery_name=gallery.name,
    gallery_image_name=definition.name,
    gallery_image_version_name="1.0.0",
    storage_profile={"source": {"id": f"{SOURCES}/images/ubuntu-2404-20260901"}},
    publishing_profile={"target_regions": [{"name": "westeurope"}]},
    **PLACE,
)


def machine(name: str, size: str, image: dict[str, Any]) -> az.compute.VirtualMachine:
    return az.compute.VirtualMachine(
        name,
        vm_name=name,
        hardware_profile={"vm_size": size},
        os_profile=OS_PROFILE,
        storage_profile={"image_reference": image, "os_disk": {"create_option": "FromImage"}},
        **PLACE,
    )


machine("early", "Standard_D1_v2", {"id": version.id})
machine("arm", "Standard_B2pts_v2", {"id": version.id})
machine("confidential", "Standard_DC2as_v5", {"id": version.id})
machine("community", "Standard_D2s_v5", {"id": COMMUNITY})
disk = az.compute.Disk(
    "disk",
    disk_name="boots-os",
    os_type="Linux",
    hyper_v_generation="V2",
    disk_size_gb=30,
    creation_data={"create_option": "Empty"},
    **PLACE,
)
golden = az.compute.VirtualMachine(
    "golden",
    vm_name="golden",
    hardware_profile={"vm_size": "Standard_D2s_v5"},
    storage_profile={"os_disk": {"create_option": "Attach", "os_type": "Linux", "managed_disk": {"id": disk.id}}},
    **PLACE,
)
az.compute.Image("captured", image_name="captured", source_virtual_machine={"id": golden.id}, **PLACE)
