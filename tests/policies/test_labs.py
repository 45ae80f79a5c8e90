"""Programs that nobody wrote with this project: what Lab Services would not list or answer with 404 is never sent."""

import re

import pytest

from tests.embedded import Embedded
from tests.policies.test_real_engine import guarded, sent

pytestmark = pytest.mark.engine

TYPED = """
from pulumi_azure_native import authorization, compute, labservices, resources

group = resources.ResourceGroup("group", resource_group_name="rg", location="westeurope")
place = {"resource_group_name": group.name, "location": "westeurope"}
disk = compute.Disk(
    "os", disk_name="os", disk_size_gb=256, creation_data={"create_option": "Empty"}, os_type="Linux",
    hyper_v_generation="V2", resource_group_name=group.name, location="eastus",
)
gallery = compute.Gallery("teaching", gallery_name="teaching", **place)
image = compute.GalleryImage(
    "statistics", gallery_image_name="statistics", gallery_name=gallery.name, os_type="Linux", os_state="Specialized",
    hyper_v_generation="V2", identifier={"publisher": "university", "offer": "labs", "sku": "statistics"}, **place,
)
version = compute.GalleryImageVersion(
    "version", gallery_image_version_name="1.0.0", gallery_image_name=image.name, gallery_name=gallery.name,
    resource_group_name=group.name, location="eastus",
    storage_profile={"os_disk_image": {"source": {"id": disk.id}}},
    publishing_profile={"target_regions": [{"name": "eastus"}]},
)
authorization.RoleAssignment(
    "service", scope=gallery.id, principal_id="c7bb12bf-0b39-4f7f-9171-f418ff39b76a",
    principal_type="ServicePrincipal", role_assignment_name="6f1b52d2-8c3e-4f0a-9a43-1f2c7f6f1c9a",
    role_definition_id="/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
)
plan = labservices.LabPlan("lp", lab_plan_name="lp", shared_gallery_id=gallery.id, **place)

def lab(name, image_id):
    labservices.Lab(
        name, lab_name=name, lab_plan_id=plan.id, title=name,
        auto_shutdown_profile={}, connection_profile={}, security_profile={"open_access": "Disabled"},
        virtual_machine_profile={
            "create_option": "TemplateVM", "image_reference": {"id": image_id}, "usage_quota": "PT0S",
            "sku": {"name": "Classic_Fsv2_2_4GB_128_S_SSD", "capacity": 2}, "admin_user": {"username": "teacher"},
        },
        **place,
    )

lab("of-the-image", image.id)
lab("of-a-version", version.id)
"""

PLAIN = """
import pulumi

def made(type_, name, **inputs):
    return pulumi.CustomResource(f"azure-native:{type_}", name, inputs)

group = made("resources:ResourceGroup", "group", resourceGroupName="rg", location="westeurope")
rg = group.urn.apply(lambda _: "rg")
here = {"resourceGroupName": rg, "location": "westeurope"}
disk = made("compute:Disk", "os", diskName="os", diskSizeGB=256, creationData={"createOption": "Empty"},
            osType="Linux", hyperVGeneration="V2", resourceGroupName=rg, location="eastus")
gallery = made("compute:Gallery", "teaching", galleryName="teaching", **here)
image = made("compute:GalleryImage", "statistics", galleryImageName="statistics", galleryName="teaching",
             osType="Linux", osState="Specialized", hyperVGeneration="V2",
             identifier={"publisher": "university", "offer": "labs", "sku": "statistics"}, **here)
version = made("compute:GalleryImageVersion", "version", galleryImageVersionName="1.0.0", galleryName="teaching",
               galleryImageName="statistics", resourceGroupName=rg, location="eastus",
               storageProfile={"osDiskImage": {"source": {"id": disk.id}}},
               publishingProfile={"targetRegions": [{"name": "eastus"}]})
made("authorization:RoleAssignment", "service", scope=gallery.id, principalType="ServicePrincipal",
     principalId="1a14be2a-e903-4cec-99cf-b2e209259a0f", roleAssignmentName="6f1b52d2-8c3e-4f0a-9a43-1f2c7f6f1c9a",
     roleDefinitionId="/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c")
plan = made("labservices/v20220801:LabPlan", "lp", labPlanName="lp", sharedGalleryId=gallery.id, **here)

def lab(name, reference):
    made("labservices/v20220801:Lab", name, labName=name, labPlanId=plan.id, title=name, autoShutdownProfile={},
         connectionProfile={}, securityProfile={"openAccess": "Disabled"},
         virtualMachineProfile={
             "createOption": "TemplateVM", "imageReference": reference, "usageQuota": "PT0S",
             "sku": {"name": "Classic_Fsv2_2_4GB_128_S_SSD", "capacity": 2}, "adminUser": {"username": "teacher"},
         }, **here)

lab("of-the-image", {"id": image.id})
lab("by-its-parts", {"publisher": "university", "offer": "labs", "sku": "statistics"})
"""

REFUSED = ("lab-service-principal", "lab-image-listed", "lab-image-region", "lab-image-reference")


@pytest.mark.parametrize("program", [TYPED, PLAIN], ids=["typed", "by tokens with an API version"])
def test_a_raw_program_is_refused_before_any_call(azure: Embedded, program: str) -> None:
    project = azure.project(program)
    output = azure.pulumi("preview", *guarded(project), cwd=project, fails=True)
    mandatory = set(re.findall(r"\[mandatory\]\s+(?:\[.*?\]\s+)?([\w-]+) ", output))
    assert set(REFUSED) <= mandatory, output
    assert "az ad sp show --id" in output
    assert "has an operating system disk of 256 GB" in output
    assert sent(azure) == []
