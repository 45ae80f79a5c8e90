"""The components in the real engine: what makes a new resource, and how a raw program moves in."""

import pytest

from acg.azure.mutability import create_only
from tests.embedded import Embedded
from tests.program.stack import FIRST, SOURCES, UBUNTU, counts, done, steps

pytestmark = pytest.mark.engine

REPLACES = f'''
import pulumi
from pulumi_acg import Gallery, ImageDefinition, ImageVersion

changed = pulumi.Config().require_bool("changed")

def case(base, path, value):
    """Args with one of them changed in the second run, under a name that says which."""
    if changed:
        *around, last = path.split(".")
        inner = base
        for key in around:
            inner[key] = inner = dict(inner.get(key, {{}}))
        inner[last] = value
    return base

def definition(name):
    return {{
        "gallery_name": "stays", "resource_group": "rg", "location": "westeurope", "name": name,
        "gallery_id": stays.gallery_id, "os_type": "Linux", "os_state": "Generalized", "hyper_v_generation": "V2",
        "identifier": {{"publisher": "contoso", "offer": "ubuntu", "sku": name}}, "protect": changed,
    }}

def version(number, *further):
    return {{
        "gallery_name": "stays", "resource_group": "rg", "image_name": "stays", "image_id": image.image_id,
        "location": "westeurope", "version": number, "source": {{"managed_image": "{UBUNTU}"}},
        "target_regions": [{{"name": name}} for name in ("westeurope", *further)], "protect": changed,
    }}

group = pulumi.CustomResource(
    "azure-native:resources:ResourceGroup", "rg", {{"resourceGroupName": "rg", "location": "westeurope"}}
)
rg = group.urn.apply(lambda _: "rg")

galleries = {{
    "resourceGroupName": ("resource_group", "rg-other"),
    "galleryName": ("name", "other"),
    "location": ("location", "northeurope"),
}}
for path, (arg, value) in galleries.items():
    base = {{"name": f"g{{path}}", "resource_group": rg, "location": "westeurope", "protect": False}}
    Gallery(f"gallery.{{path}}", case(base, arg, value))
sharing = {{"name": "gsharing", "resource_group": rg, "location": "westeurope", "protect": False}}
Gallery("gallery.sharing", case(sharing, "sharing_profile.permissions", "Private"))

stays = Gallery("stays", {{"resource_group": rg, "location": "westeurope"}})
images = {{
    "resourceGroupName": ("resource_group", "rg-other"),
    "galleryName": ("gallery_name", "other"),
    "galleryImageName": ("name", "other"),
    "location": ("location", "northeurope"),
    "architecture": ("architecture", "Arm64"),
    "eula": ("eula", "https://contoso.example"),
    "hyperVGeneration": ("hyper_v_generation", "V1"),
    "identifier": ("identifier.sku", "other"),
    "osState": ("os_state", "Specialized"),
    "osType": ("os_type", "Windows"),
    "privacyStatementUri": ("privacy_statement_uri", "https://contoso.example"),
    "purchasePlan": ("plan", {{"name": "pro", "publisher": "contoso", "product": "ubuntu"}}),
}}
for path, (arg, value) in images.items():
    ImageDefinition(f"image.{{path}}", case(definition(path), arg, value))

ImageDefinition("image.features", case(definition("features"), "accelerated_networking", True))

image = ImageDefinition("image-stays", definition("stays"))
versions = {{
    "resourceGroupName": ("resource_group", "rg-other"),
    "galleryName": ("gallery_name", "other"),
    "galleryImageName": ("image_name", "other"),
    "galleryImageVersionName": ("version", "9.9.9"),
    "location": ("location", "northeurope"),
    "publishingProfile.replicationMode": ("replication_mode", "Shallow"),
    "publishingProfile.storageAccountType": ("storage_account_type", "Standard_ZRS"),
    "storageProfile.source": ("source", {{"managed_image": "{SOURCES}/images/ubuntu-2404-20261015"}}),
}}
for place, (path, (arg, value)) in enumerate(versions.items()):
    further = ["northeurope"] if path == "location" else []
    ImageVersion(f"version.{{path}}", case(version(f"1.0.{{place}}", *further), arg, value))
disk = {{**version("1.1.0"), "os_disk": {{"snapshot": "{SOURCES}/snapshots/postgres-16.4-os"}}}}
del disk["source"]
other = "{SOURCES}/snapshots/postgres-16.4-wal"
ImageVersion("version.storageProfile.osDiskImage.source", case(dict(disk), "os_disk.snapshot", other))

# What no edit deletes: by name, how it is declared, and what changes.
kept = {{
    "default": (definition("default"), "architecture", "x64"),
    "eula": (definition("terms"), "eula", "https://contoso.example"),
    "mode": (version("2.0.0"), "replication_mode", "Full"),
    "storage": (version("2.0.1"), "storage_account_type", "Standard_ZRS"),
    "shallow": (version("2.0.2"), "replication_mode", "Shallow"),
    "uefi": (version("2.0.3"), "uefi_settings.signature_template_names", ["NoSignatureTemplate"]),
    "caching": ({{**disk, "version": "2.0.4"}}, "os_disk.host_caching", "ReadOnly"),
}}
for name, (base, arg, value) in kept.items():
    args = {{**case(base, arg, value), "protect": False}}
    if "identifier" in base:
        ImageDefinition(f"kept.{{name}}", {{**args, "versions": {{"1.0.0": {{
            "source": {{"managed_image": "{UBUNTU}"}}, "target_regions": [{{"name": "westeurope"}}],
        }}}}}})
    else:
        ImageVersion(f"kept.{{name}}", args)
'''


def test_every_input_that_cannot_change_makes_a_new_resource(azure: Embedded) -> None:
    project = azure.project(REPLACES, {"test:changed": False})
    azure.pulumi("up", "--yes", "--skip-preview", cwd=project)
    azure.pulumi("config", "set", "changed", "true", cwd=project)
    found = steps(azure.pulumi("preview", "--json", cwd=project))
    kinds = {"gallery": "Gallery", "image": "GalleryImage", "version": "GalleryImageVersion"}
    expected = {f"{kind}.{path}": path for kind, type_ in kinds.items() for path in create_only(type_)}
    updated = {name: op for name, (op, _) in found.items() if name.startswith("kept.")}
    updated |= {name: op for name, (op, _) in found.items() if name.endswith(("sharing", "features"))}
    kept = {f"kept.{name}" for name in ("default", "eula", "mode", "storage", "shallow", "uefi", "caching")}
    assert updated == dict.fromkeys({*kept, "gallery.sharing", "image.features"}, "update"), "nothing is deleted"
    found = {name: step for name, step in found.items() if name not in updated}
    assert {name: op for name, (op, _) in found.items()} == dict.fromkeys(expected, "replace")
    for name, (_, paths) in found.items():
        assert paths, name
        assert all(path.startswith(expected[name]) for path in paths), (name, paths)


RAW = f'''
from pulumi_azure_native import compute, resources

group = resources.ResourceGroup("group", resource_group_name="rg", location="westeurope")
gallery = compute.Gallery("gallery", gallery_name="corp", resource_group_name=group.name, location="westeurope")
image = compute.GalleryImage(
    "image", gallery_name=gallery.name, gallery_image_name="ubuntu", resource_group_name=group.name,
    location="westeurope", os_type="Linux", os_state="Generalized", hyper_v_generation="V2",
    identifier=compute.GalleryImageIdentifierArgs(publisher="contoso", offer="ubuntu", sku="gen2"),
)
compute.GalleryImageVersion(
    "first", gallery_name=gallery.name, gallery_image_name=image.name, gallery_image_version_name="1.0.0",
    resource_group_name=group.name, location="westeurope",
    storage_profile={{"source": {{"id": "{UBUNTU}"}}}},
    publishing_profile={{"target_regions": [{{"name": "westeurope"}}], "storage_account_type": "Standard_LRS"}},
)
'''

MOVED = f'''
import pulumi
from pulumi_acg import Gallery
from pulumi_azure_native import resources

BEFORE = {{"corp": "gallery", "corp/ubuntu": "image", "corp/ubuntu/1.0.0": "first"}}

def was(args):
    if args.type_.startswith("acg:"):
        return None
    alias = pulumi.Alias(name=BEFORE[args.name], parent=pulumi.ROOT_STACK_RESOURCE)
    opts = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(aliases=[alias]))
    return pulumi.ResourceTransformationResult(args.props, opts)

group = resources.ResourceGroup("group", resource_group_name="rg", location="westeurope")
Gallery(
    "corp",
    {{
        "resource_group": group.name,
        "location": "westeurope",
        "images": {{
            "ubuntu": {{
                "os_type": "Linux", "os_state": "Generalized", "hyper_v_generation": "V2",
                "identifier": {{"publisher": "contoso", "offer": "ubuntu", "sku": "gen2"}},
                "versions": {{
                    "1.0.0": {{"source": {{"managed_image": "{UBUNTU}"}}, "target_regions": [{{"name": "westeurope"}}]}}
                }},
            }}
        }},
    }},
    pulumi.ResourceOptions(transformations=[was]),
)
'''


def test_a_raw_program_moves_into_the_component_without_a_change(azure: Embedded) -> None:
    project = azure.project(RAW)
    assert counts(azure.pulumi("up", "--yes", "--skip-preview", cwd=project)) == {"created": 5}
    path = f"/subscriptions/{FIRST}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"
    before = azure.arm("GET", f"{path}/images/ubuntu/versions/1.0.0").json()

    azure.project(MOVED)
    output = azure.pulumi("up", "--yes", "--skip-preview", cwd=project)
    assert counts(output) == {"created": 1, "unchanged": 5}, "only the component itself is new"
    assert not done(output, "updated")
    assert azure.arm("GET", f"{path}/images/ubuntu/versions/1.0.0").json() == before
    assert "corp/ubuntu/1.0.0" in azure.pulumi("stack", "export", cwd=project)


def test_args_that_cannot_be_used_end_a_program_without_a_traceback(azure: Embedded) -> None:
    project = azure.project(MOVED.replace('"os_type": "Linux"', '"os_typ": "Linux"').replace('"location"', '"place"'))
    output = azure.pulumi("preview", cwd=project, fails=True)
    assert "corp has errors" in output
    assert "images.ubuntu.os_typ: is not known here; did you mean os_type?" in output
    assert "place: is not known here" in output
    assert "Traceback" not in output
