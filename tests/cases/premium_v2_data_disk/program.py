"""A machine with a Premium SSD v2 data disk is captured, and the disk alone."""

# As people write such programs: plain text and mappings where the types want enumerations and classes.
# pyright: reportArgumentType=false

from typing import Any

from pulumi_azure_native import compute

PLACE: dict[str, Any] = {"resource_group_name": "rg-sources", "location": "westeurope"}
EMPTY = compute.CreationDataArgs(create_option="Empty")
TARGETS = {"target_regions": [{"name": "westeurope"}]}

system = compute.Disk(
    "os", disk_name="pv2-os", os_type="Linux", hyper_v_generation="V2", disk_size_gb=30, creation_data=EMPTY, **PLACE
)
data = compute.Disk(
    "data",
    disk_name="pv2-data",
    sku=compute.DiskSkuArgs(name="PremiumV2_LRS"),
    disk_size_gb=128,
    creation_data=EMPTY,
    **PLACE,
)
machine = compute.VirtualMachine(
    "vm",
    vm_name="pv2",
    storage_profile={
        "os_disk": {"create_option": "Attach", "os_type": "Linux", "managed_disk": {"id": system.id}},
        "data_disks": [{"lun": 0, "create_option": "Attach", "managed_disk": {"id": data.id}}],
    },
    **PLACE,
)
gallery = compute.Gallery("g", gallery_name="pv2", **PLACE)
for name, storage in {
    "captured": {"source": {"virtual_machine_id": machine.id}},
    "alone": {
        "os_disk_image": {"source": {"id": system.id}},
        "data_disk_images": [{"lun": 0, "source": {"id": data.id}}],
    },
}.items():
    image = compute.GalleryImage(
        name,
        gallery_name=gallery.name,
        gallery_image_name=name,
        os_type="Linux",
        os_state="Specialized",
        hyper_v_generation="V2",
        identifier={"publisher": "contoso", "offer": "o", "sku": name},
        **PLACE,
    )
    compute.GalleryImageVersion(
        f"{name}-1.2.0",
        gallery_name=gallery.name,
        gallery_image_name=image.name,
        gallery_image_version_name="1.2.0",
        storage_profile=storage,
        publishing_profile=TARGETS,
        **PLACE,
    )
