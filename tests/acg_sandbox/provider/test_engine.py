"""The real engine with the provider and the embedded Azure: what a program sees of azure-native."""

import json
import re
import threading
from pathlib import Path

import pytest

from tests.embedded import Embedded

pytestmark = pytest.mark.engine

SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111"
SECOND = "22222222-2222-2222-2222-222222222222"
CORP = f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp"
SOURCE = f"{SUBSCRIPTION}/resourceGroups/rg-sources/providers/Microsoft.Compute/images/ubuntu-2404-20260901"

HEAD = """
import pulumi
from pulumi_azure_native import authorization, compute, resources
"""
GROUP = """
group = resources.ResourceGroup("group", resource_group_name="rg", location="westeurope")
gallery = compute.Gallery("corp", gallery_name="corp", resource_group_name=group.name, location="West Europe")
definition = compute.GalleryImage(
    "ubuntu", gallery_image_name="ubuntu", gallery_name=gallery.name, resource_group_name=group.name,
    location="westeurope", os_type="Linux", os_state="Generalized", hyper_v_generation="V2",
    identifier={"publisher": "contoso", "offer": "ubuntu", "sku": "24"},
)
"""
VERSION = f"""
compute.GalleryImageVersion(
    "1.0.0", gallery_image_version_name="1.0.0", gallery_image_name=definition.name, gallery_name=gallery.name,
    resource_group_name=group.name, location="westeurope",
    storage_profile={{"source": {{"id": "{SOURCE}"}}}},
    publishing_profile={{"target_regions": [
        {{"name": "westeurope", "regional_replica_count": REPLICAS}},
        {{"name": "eastus2", "regional_replica_count": 1}},
    ]}},
)
"""
PROGRAM = HEAD + GROUP + VERSION.replace("REPLICAS", "1")


def summary(output: str) -> dict[str, int]:
    """What the engine says at the end that it did, or would do, by kind: ``{"create": 5}``."""
    resources = output.rpartition("Resources:")[2].partition("Duration:")[0]
    counted = re.findall(r"(\d+) (?:to )?([a-z]+)", resources)
    return {kind: int(number) for number, kind in counted if kind not in ("change", "changes")}


def state(azure: Embedded, project: Path) -> dict[str, dict]:
    """The stack's resources by logical name."""
    exported = json.loads(azure.pulumi("stack", "export", "--show-secrets", cwd=project))
    return {r["urn"].rpartition("::")[2]: r for r in exported["deployment"]["resources"]}


def test_a_gallery_lives_and_dies(azure: Embedded) -> None:
    project = azure.project(PROGRAM)

    assert summary(azure.pulumi("preview", cwd=project)) == {"create": 5}
    assert summary(azure.pulumi("up", "--yes", "--skip-preview", cwd=project)) == {"created": 5}
    assert summary(azure.pulumi("refresh", "--yes", "--skip-preview", cwd=project)) == {"unchanged": 5}
    assert summary(azure.pulumi("up", "--yes", "--skip-preview", cwd=project)) == {"unchanged": 5}

    version = state(azure, project)["1.0.0"]
    assert version["id"] == f"{CORP}/images/ubuntu/versions/1.0.0"
    assert [r["name"] for r in version["outputs"]["publishingProfile"]["targetRegions"]] == ["West Europe", "East US 2"]
    assert [r["name"] for r in version["inputs"]["publishingProfile"]["targetRegions"]] == ["westeurope", "eastus2"]
    assert version["outputs"]["azureApiVersion"] == version["inputs"]["azureApiVersion"] == "2024-03-03"

    azure.project(HEAD + GROUP + VERSION.replace("REPLICAS", "3"))
    changed = azure.pulumi("up", "--yes", "--skip-preview", "--diff", cwd=project)
    assert summary(changed) == {"updated": 1, "unchanged": 4}

    assert summary(azure.pulumi("destroy", "--yes", "--skip-preview", cwd=project)) == {"deleted": 5}
    assert azure.arm("GET", CORP).status_code == 404


def test_azures_refusal_of_an_immutable_change_comes_after_a_clean_preview(azure: Embedded) -> None:
    project = azure.project(HEAD + GROUP)
    azure.pulumi("up", "--yes", "--skip-preview", cwd=project)
    azure.project((HEAD + GROUP).replace("Generalized", "Specialized"))
    assert summary(azure.pulumi("preview", cwd=project)) == {"update": 1, "unchanged": 3}
    refused = azure.pulumi("up", "--yes", "--skip-preview", cwd=project, fails=True)
    assert 'Status=409 Code="PropertyChangeNotAllowed" Message=' in refused
    assert "Traceback" not in refused


def test_what_was_done_by_hand_is_found_and_undone(azure: Embedded) -> None:
    project = azure.project(HEAD + GROUP)
    azure.pulumi("up", "--yes", "--skip-preview", cwd=project)
    body = azure.arm("GET", CORP).json()
    azure.arm("PUT", CORP, {"location": body["location"], "properties": {"description": "by hand"}})
    azure.arm("DELETE", f"{CORP}/images/ubuntu")
    azure.pulumi("refresh", "--yes", "--skip-preview", cwd=project)
    found = state(azure, project)
    assert found["corp"]["inputs"]["description"] == "by hand"
    assert "ubuntu" not in found
    done = azure.pulumi("up", "--yes", "--skip-preview", cwd=project)
    assert summary(done) == {"created": 1, "updated": 1, "unchanged": 2}


def test_what_exists_is_imported_and_then_unchanged(azure: Embedded) -> None:
    made = azure.project(PROGRAM, name="made")
    azure.pulumi("up", "--yes", "--skip-preview", cwd=made)
    project = azure.project(PROGRAM, name="imported")
    types = {"group": "resources:ResourceGroup", "corp": "compute:Gallery"}
    types |= {"ubuntu": "compute:GalleryImage", "1.0.0": "compute:GalleryImageVersion"}
    ids = {name: resource["id"] for name, resource in state(azure, made).items() if name in types}
    wanted = [{"type": f"azure-native:{types[n]}", "name": n, "id": ids[n]} for n in types]
    (project / "import.json").write_text(json.dumps({"resources": wanted}))
    azure.pulumi("import", "--file", "import.json", "--generate-code=false", "--protect=false", "--yes", cwd=project)
    assert summary(azure.pulumi("refresh", "--yes", "--skip-preview", cwd=project)) == {"unchanged": 5}
    assert summary(azure.pulumi("up", "--yes", "--skip-preview", cwd=project)) == {"unchanged": 5}
    assert "__imported" not in state(azure, project)["1.0.0"]["inputs"]


OTHERS = (
    HEAD
    + GROUP
    + """
from pulumi_azure_native import storage
here = {"resource_group_name": group.name, "location": "westeurope"}
disk = compute.Disk("disk", creation_data={"create_option": "Empty"}, disk_size_gb=32, os_type="Linux", **here)
snapshot = compute.Snapshot("snap", creation_data={"create_option": "Copy", "source_resource_id": disk.id}, **here)
image = compute.Image(
    "image", hyper_v_generation="V2", **here,
    storage_profile={"os_disk": {"os_type": "Linux", "os_state": "Generalized", "managed_disk": {"id": disk.id}}},
)
storage.StorageAccount("acct", account_name="acgtests", kind="StorageV2", sku={"name": "Standard_LRS"}, **here)
des = compute.DiskEncryptionSet(
    "des", identity={"type": "SystemAssigned"}, **here,
    active_key={"key_url": "https://vault.vault.azure.net/keys/k/1", "source_vault": {"id": group.id}},
)
machine = compute.VirtualMachine(
    "vm", hardware_profile={"vm_size": "Standard_D2s_v5"}, **here,
    storage_profile={
        "image_reference": {"id": image.id},
        "os_disk": {"create_option": "FromImage", "managed_disk": {"storage_account_type": "Standard_LRS"}},
    },
    network_profile={"network_interfaces": [{"id": group.id.apply(lambda i: i + "/nic"), "primary": True}]},
)
scale_set = compute.VirtualMachineScaleSet(
    "vmss", sku={"name": "Standard_D2s_v5", "capacity": 1}, upgrade_policy={"mode": "Manual"}, **here,
    virtual_machine_profile={
        "storage_profile": {"image_reference": {"id": image.id}, "os_disk": {"create_option": "FromImage"}},
        "network_profile": {"network_interface_configurations": [
            {"name": "nic", "primary": True, "ip_configurations": [{"name": "ip", "subnet": {"id": group.id}}]},
        ]},
    },
)
app = compute.GalleryApplication("app", gallery_name=gallery.name, supported_os_type="Linux", **here)
compute.GalleryApplicationVersion(
    "2.0.0", gallery_name=gallery.name, gallery_application_name=app.name, **here,
    publishing_profile={
        "source": {"media_link": "https://acgtests.blob.core.windows.net/apps/app.zip"},
        "manage_actions": {"install": "install", "remove": "remove"},
        "target_regions": [{"name": "westeurope", "regional_replica_count": 1}],
    },
)
reader = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
authorization.RoleAssignment(
    "reader", scope=gallery.id, principal_id="33333333-3333-3333-3333-333333333333", principal_type="Group",
    role_definition_id=reader,
)
pulumi.export("names", [disk.name, machine.name])
authorization.ManagementLockByScope("lock", scope=disk.id, level="CanNotDelete", notes="images come from it")
found = compute.get_gallery_output(resource_group_name=group.name, gallery_name=gallery.name)
pulumi.export("unique", found.identifier.unique_name)
"""
)


def test_every_other_type_that_is_served(azure: Embedded) -> None:
    project = azure.project(OTHERS)
    azure.pulumi("up", "--yes", "--skip-preview", cwd=project)
    unchanged = {"unchanged": 15}
    assert summary(azure.pulumi("refresh", "--yes", "--skip-preview", cwd=project)) == unchanged
    assert summary(azure.pulumi("up", "--yes", "--skip-preview", cwd=project)) == unchanged
    outputs = json.loads(azure.pulumi("stack", "output", "--json", cwd=project))
    assert outputs["unique"].endswith("-CORP")
    assert re.fullmatch("disk[0-9a-f]{8} vm[0-9a-f]{8}", " ".join(outputs["names"]))
    assert summary(azure.pulumi("destroy", "--yes", "--skip-preview", cwd=project)) == {"deleted": 15}


def test_two_subscriptions_in_one_stack(azure: Embedded) -> None:
    program = (
        HEAD
        + f"""
import pulumi_azure_native
other = pulumi_azure_native.Provider("other", subscription_id="{SECOND}", location="northeurope")
for name, options in (("here", None), ("there", pulumi.ResourceOptions(provider=other))):
    group = resources.ResourceGroup(name, resource_group_name="rg", opts=options)
    compute.Gallery(name, gallery_name="corp", resource_group_name=group.name, opts=options)
who = authorization.get_client_config(opts=pulumi.InvokeOptions(provider=other))
pulumi.export("subscription", who.subscription_id)
"""
    )
    project = azure.project(program, {"azure-native:location": "westeurope"})
    azure.pulumi("up", "--yes", cwd=project)
    assert azure.arm("GET", CORP).json()["location"] == "westeurope"
    there = azure.arm("GET", CORP.replace("11111111-1111-1111-1111-111111111111", SECOND))
    assert there.json()["location"] == "northeurope"
    assert azure.pulumi("stack", "output", "subscription", cwd=project).strip() == SECOND
    assert summary(azure.pulumi("up", "--yes", "--skip-preview", cwd=project)) == {"unchanged": 6}


def test_two_stacks_at_once_do_not_meet(azure: Embedded) -> None:
    def deploy(subscription: str) -> None:
        project = azure.project(PROGRAM, {"azure-native:subscriptionId": subscription}, name=f"p{subscription[0]}")
        outcome[subscription] = summary(azure.pulumi("up", "--yes", cwd=project))

    outcome: dict[str, dict[str, int]] = {}
    subscriptions = (SUBSCRIPTION.rpartition("/")[2], SECOND)
    threads = [threading.Thread(target=deploy, args=(s,)) for s in subscriptions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcome == {s: {"created": 5} for s in subscriptions}
    for subscription in subscriptions:
        assert azure.arm("GET", CORP.replace(subscriptions[0], subscription)).status_code == 200


def test_secrets_stay_secret_in_the_state(azure: Embedded) -> None:
    program = (
        HEAD
        + """
group = resources.ResourceGroup(
    "group", location="westeurope", tags={"key": pulumi.Output.secret("do-not-show"), "team": "images"}
)
"""
    )
    project = azure.project(program)
    output = azure.pulumi("up", "--yes", cwd=project)
    exported = azure.pulumi("stack", "export", cwd=project)
    assert "do-not-show" not in output + exported
    name = state(azure, project)["group"]["outputs"]["name"]
    assert re.fullmatch(r"group[0-9a-f]{8}", name)
    tags = azure.arm("GET", f"{SUBSCRIPTION}/resourceGroups/{name}", api_version="2024-03-01").json()["tags"]
    assert tags == {"key": "do-not-show", "team": "images"}


def test_an_unknown_type_is_refused_by_name(azure: Embedded) -> None:
    program = "import pulumi\npulumi.CustomResource('azure-native:network:VirtualNetwork', 'net', {})\n"
    refused = azure.pulumi("preview", cwd=azure.project(program), fails=True)
    assert "Resource type azure-native:network:VirtualNetwork not found" in refused


def test_missing_inputs_are_all_named_in_the_preview(azure: Embedded) -> None:
    program = (
        "import pulumi\npulumi.CustomResource('azure-native:compute:GalleryImage', 'i', {'location': 'westeurope'})\n"
    )
    refused = azure.pulumi("preview", cwd=azure.project(program), fails=True)
    for name in ("resourceGroupName", "galleryName", "identifier", "osState", "osType"):
        assert f"missing required property '{name}'" in refused
