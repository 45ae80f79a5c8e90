"""What a machine or scale set boots."""

from acg.rules.examples import SUBSCRIPTION, definition, resource_id, version
from tests.cases.reports import (
    COMMUNITY,
    CONFIDENTIAL,
    DATA,
    OF_DISK,
    TRUSTED,
    VERSION,
    WITH_DATA,
    Report,
    disk,
    image,
    machine,
    scale_set,
    secure,
)

MARKETPLACE = (
    f"/Subscriptions/{SUBSCRIPTION}/Providers/Microsoft.Compute/Locations/westus/Publishers/f5-networks"
    "/ArtifactTypes/VMImage/Offers/f5-big-ip-byol/Skus/f5-big-ltm-2slot-byol/Versions/13.1.302000"
)
REPORTS = {
    "early size, generation 2": Report(
        "microsoft/ga4gh-tes/issues/43",
        (image(), definition(), version(), machine("Standard_D1_v2")),
        {"machine-generation": "error"},
        "machine-generation",
    ),
    "early size without premium disks": Report(
        "coreos/coreos-assembler/pull/4120",
        (image(), definition(), version(), machine("Standard_D2_v3")),
        {"machine-generation": "error"},
        "machine-generation",
    ),
    "its size with premium disks": Report(
        "coreos/coreos-assembler/pull/4120", (image(), definition(), version(), machine("Standard_D2s_v3"))
    ),
    "late size, generation 1": Report(
        "redhat-developer/mapt/issues/489",
        (image("V1"), definition(hyperVGeneration="V1"), version(), machine("Standard_D16ads_v6")),
        {"machine-generation": "error", "machine-disk-controller": "warning"},
        "machine-generation",
    ),
    "A100, generation 1": Report(
        "loft-sh/devpod/issues/731",
        (image("V1"), definition(hyperVGeneration="V1"), version(), machine("Standard_NC24ads_A100_v4")),
        {"machine-generation": "error"},
        "machine-generation",
    ),
    "Arm size, x64 image": Report(
        "oracle/weblogic-azure/pull/318",
        (image(), definition(), version(), machine("Standard_B2pts_v2")),
        {"machine-architecture": "error"},
        "machine-architecture",
    ),
    "late size, image without NVMe": Report(
        "kubernetes-sigs/image-builder/pull/1875",
        (image(), definition(), version(), machine("Standard_D8s_v6")),
        {"machine-disk-controller": "warning"},
        "machine-disk-controller",
    ),
    "confidential machine, ordinary size": Report(
        "confidential-containers/cloud-api-adaptor/issues/1742",
        (
            image(),
            secure("ConfidentialVMSupported"),
            version(),
            machine("Standard_D2as_v5", securityProfile=CONFIDENTIAL),
        ),
        {"machine-size-security": "error"},
        "machine-size-security",
    ),
    "confidential size, no security type": Report(
        "skyplane-project/skyplane/issues/755",
        (image(), secure("ConfidentialVMSupported"), version(), machine("Standard_DC2as_v5")),
        {"machine-size-security": "error"},
        "machine-size-security",
    ),
    "Trusted Launch, size of generation 1": Report(
        "Azure/azure-cli/issues/28005",
        (image(), secure("TrustedLaunchSupported"), version(), machine("Standard_A4_v2", securityProfile=TRUSTED)),
        {"machine-size-security": "error", "machine-generation": "error"},
        "machine-generation",
    ),
    "Trusted Launch, image without": Report(
        "Azure/azure-cli/issues/27975",
        (image(), definition(), version(), machine(securityProfile=TRUSTED)),
        {"machine-security-type": "error"},
        "machine-trusted-launch",
    ),
    "scale set without Trusted Launch": Report(
        "hashicorp/terraform-provider-azurerm/issues/31410",
        (disk(), secure("TrustedLaunch"), version(storage=OF_DISK), scale_set()),
        {"machine-security-type": "error"},
        "machine-security-type",
    ),
    "Standard, image that supports Trusted Launch": Report(
        "Azure/azure-cli/issues/31191",
        (image(), secure("TrustedLaunchSupported"), version(), machine(securityProfile={"securityType": "Standard"})),
    ),
    "no plan": Report(
        "Azure/sap-automation/issues/433",
        (
            image(),
            definition(purchasePlan={"publisher": "suse", "product": "sles", "name": "gen2"}),
            version(),
            machine(),
        ),
        {"machine-plan": "error"},
        "machine-plan",
    ),
    "smaller system disk": Report(
        "Azure/avdaccelerator/issues/523",
        (
            disk(diskSizeGB=256),
            definition(),
            version(storage=OF_DISK),
            machine(storage={"osDisk": {"createOption": "FromImage", "diskSizeGB": 128}}),
        ),
        {"machine-os-disk-size": "error"},
        "machine-disk-size",
    ),
    "no data disks, be it said": Report(
        "hashicorp/terraform-provider-azurerm/issues/6004",
        (disk(), DATA, definition(), version(storage=WITH_DATA), machine(storage={"dataDisks": []})),
        {"machine-data-disks": "warning"},
        "machine-data-disks",
    ),
    "no data disks, as nothing is said": Report(
        "hashicorp/terraform-provider-azurerm/issues/5767",
        (disk(), DATA, definition(), version(storage=WITH_DATA), machine()),
    ),
    "image of the community as id": Report(
        "Azure/azure-powershell/issues/28448",
        (machine(image=COMMUNITY),),
        {"image-reference": "error"},
        "image-reference-id",
    ),
    "alias of the Marketplace as id": Report(
        "F5Networks/f5-azure-arm-templates/issues/171",
        (machine(image="f5-networks:f5-big-ip-byol:f5-big-ltm-2slot-byol:13.1.302000"),),
        {"image-reference": "error"},
        "image-reference-id",
    ),
    "id of the Marketplace": Report(
        "F5Networks/f5-azure-arm-templates/issues/171",
        (machine(image=MARKETPLACE),),
        {"image-reference": "error"},
        "image-reference-kind",
    ),
    "managed image of another region": Report(
        "MicrosoftDocs/azure-docs/issues/53728",
        (image(), machine(image=resource_id("images", "built"), location="eastus")),
        {"image-in-region": "warning"},
        "image-not-found",
    ),
    "managed image of its region": Report(
        "MicrosoftDocs/azure-docs/issues/53728", (image(), machine(image=resource_id("images", "built")))
    ),
    "id of a version as one that is shared": Report(
        "Azure/bicep-registry-modules/issues/6560",
        (machine(storage={"imageReference": {"sharedGalleryImageId": VERSION}}),),
        {"image-reference": "error"},
        "image-reference-shared",
    ),
    "specialized, with an OS profile": Report(
        "hashicorp/terraform-provider-azurerm/issues/30544",
        (
            disk(),
            definition(osState="Specialized"),
            version(storage=OF_DISK),
            scale_set(orchestrationMode="Flexible", platformFaultDomainCount=1),
        ),
        {"scale-set-os-state": "error"},
        "parameter-not-allowed",
    ),
    "no replica in the region": Report(
        "confidential-containers/cloud-api-adaptor/issues/1696",
        (image(), definition(), version(), machine(location="eastus2")),
        {"image-in-region": "warning"},
        "image-not-in-region",
    ),
}
