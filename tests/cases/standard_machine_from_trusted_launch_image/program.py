"""A machine without Trusted Launch boots an image that is only for Trusted Launch."""

# As people write such programs: plain text and mappings where the types want enumerations and classes.
# pyright: reportArgumentType=false

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
    os_state="Specialized",
    hyper_v_generation="V2",
    identifier={"publisher": "contoso", "offer": "o", "sku": "web"},
    features=[{"name": "SecurityType", "value": "TrustedLaunch"}],
    **PLACE,
)
version = compute.GalleryImageVersion(
    "v",
    gallery_name=gallery.name,
    gallery_image_name=image.name,
    gallery_image_version_name="1.0.0",
    storage_profile={"os_disk_image": {"source": {"id": f"{SOURCES}/snapshots/postgres-16.4-os"}}},
    publishing_profile={"target_regions": [{"name": "westeurope"}]},
    **PLACE,
)
compute.VirtualMachine(
    "vm",
    vm_name="devbox",
    hardware_profile={"vm_size": "Standard_D2s_v5"},
    security_profile={"security_type": "Standard"},
    storage_profile={"image_reference": {"id": version.id}, "os_disk": {"create_option": "FromImage"}},
    **PLACE,
)
