"""How versions are named, replicated and encrypted."""

from acg.rules.examples import definition, resource, resource_id, version
from tests.cases.reports import Report, image

REPORTS = {
    "one region in two spellings": Report(
        "hashicorp/terraform-provider-azurerm/issues/7751",
        (image(), definition(), version(regions=["westeurope", "West Europe"])),
        {"region-duplicate": "error"},
        "regions-duplicate",
    ),
    "no replica": Report(
        "hashicorp/terraform-provider-azurerm/issues/12332",
        (image(), definition(), version(regions=[{"name": "westeurope", "regionalReplicaCount": 0}])),
        {"replica-count": "error"},
        "out-of-range",
    ),
    "home region left out": Report(
        "hashicorp/packer/issues/8895",
        (image(), definition(), version(regions=["northeurope"])),
        {"version-home-region": "error"},
        "regions-miss-home",
    ),
    "one encryption set for two regions": Report(
        "hashicorp/packer-plugin-azure/issues/264",
        (
            image(),
            resource("DiskEncryptionSet", "des", identity={"type": "SystemAssigned"}),
            definition(),
            version(
                regions=[
                    {
                        "name": name,
                        "encryption": {
                            "osDiskImage": {"diskEncryptionSetId": resource_id("diskEncryptionSets", "des")}
                        },
                    }
                    for name in ("westeurope", "northeurope")
                ]
            ),
        ),
        {"encryption-set-region": "error"},
        "des-not-found",
    ),
    "long numbers": Report(
        "Azure/azure-rest-api-specs/issues/11559",
        (image(), definition(), version("1234567890.1234567890.1234567890")),
    ),
    "two numbers": Report(
        "Azure/azure-rest-api-specs/issues/10707",
        (image(), definition(), version("1.0")),
        {"version-number": "error"},
        "version-name",
    ),
}
