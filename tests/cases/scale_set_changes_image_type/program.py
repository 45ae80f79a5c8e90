"""A scale set goes from a managed image to a gallery image."""

# As people write such programs: plain text and mappings where the types want enumerations and classes.
# pyright: reportArgumentType=false

import os
from typing import Any

from pulumi_azure_native import compute

SOURCES = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-sources/providers/Microsoft.Compute"
PLACE: dict[str, Any] = {"resource_group_name": "rg-sources", "location": "westeurope"}

gallery = compute.Gallery("g", gallery_name="corp", **PLACE)
image = compute.GalleryImage(
    "d",
    gallery_name=gallery.name,
    gallery_image_name="web",
    os_type="Linux",
    os_state="Generalized",
    hyper_v_generation="V2",
    identifier={"publisher": "contoso", "offer": "o", "sku": "web"},
    **PLACE,
)
version = compute.GalleryImageVersion(
    "v",
    gallery_name=gallery.name,
    gallery_image_name=image.name,
    gallery_image_version_name="1.0.0",
    storage_profile={"source": {"id": f"{SOURCES}/images/ubuntu-2404-20260901"}},
    publishing_profile={"target_regions": [{"name": "westeurope"}]},
    **PLACE,
)
booted = version.id if os.environ.get("STEP") == "2" else f"{SOURCES}/images/ubuntu-2404-20261015"
compute.VirtualMachineScaleSet(
    "ss",
    vm_scale_set_name="web",
    sku={"name": "Standard_D2s_v5", "capacity": 1, "tier": "Standard"},
    upgrade_policy={"mode": "Manual"},
    virtual_machine_profile={
        "os_profile": {"computer_name_prefix": "web", "admin_username": "ops"},
        "storage_profile": {
            "image_reference": {"id": booted},
            "os_disk": {"create_option": "FromImage"},
        },
    },
    **PLACE,
)
