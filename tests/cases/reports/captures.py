"""What a version or managed image is made from."""

from acg.rules.examples import definition, resource, version
from tests.cases.reports import (
    GOLDEN,
    OF_DISK,
    OF_MACHINE,
    ULTRA,
    WITH_DATA,
    Report,
    attached,
    disk,
    image,
    secure,
)

REPORTS = {
    "managed image for confidential machines": Report(
        "hashicorp/packer-plugin-azure/issues/372",
        (image(), secure("ConfidentialVM"), version()),
        {"security-type-kind": "error"},
        "confidential-source-kind",
    ),
    "ordinary disk, Trusted Launch supported": Report(
        "hashicorp/packer-plugin-azure/issues/528",
        (
            disk(securityProfile={"securityType": "Standard"}),
            secure("TrustedLaunchSupported"),
            version(storage=OF_DISK),
        ),
    ),
    "confidential image in two regions": Report(
        "hashicorp/packer-plugin-azure/pull/373",
        (disk(), secure("ConfidentialVM"), version(storage=OF_DISK, regions=["westeurope", "northeurope"])),
        {"confidential-regions": "error"},
        "confidential-regions",
    ),
    "generation left out": Report(
        "MicrosoftDocs/azure-docs/issues/118774",
        (
            disk(),
            attached(),
            definition(osState="Specialized", hyperVGeneration=None, features=None),
            version(storage=OF_MACHINE),
        ),
        {"source-matches-definition": "error", "running-machine-source": "warning"},
        "gen-mismatch",
    ),
    "generation of a managed image": Report(
        "confidential-containers/cloud-api-adaptor/issues/928",
        (image("V1"), definition(), version()),
        {"source-matches-definition": "error"},
        "gen-mismatch",
    ),
    "Premium SSD v2": Report(
        "MicrosoftDocs/azure-docs/pull/115688",
        (disk(), ULTRA, definition(), version(storage=WITH_DATA)),
        {"machine-disks": "error"},
        "disk-type-not-captured",
    ),
    "managed image of generation 2, by default": Report(
        "MicrosoftDocs/azure-docs/issues/74849",
        (disk(), attached(), resource("Image", "built", sourceVirtualMachine={"id": GOLDEN})),
        {"managed-image-source": "error"},
        "managed-image-not-generalized",
    ),
    "managed image of a machine elsewhere": Report(
        "MicrosoftDocs/azure-devops-docs/issues/12411",
        (
            disk(),
            attached(),
            resource(
                "Image",
                "built",
                location="northeurope",
                hyperVGeneration="V2",
                sourceVirtualMachine={"id": GOLDEN},
            ),
        ),
        {"managed-image-source": "error"},
        "managed-image-location",
    ),
    "managed image of a machine that is not generalized": Report(
        "ansible/ansible/issues/37158",
        (disk(), attached(), resource("Image", "built", hyperVGeneration="V2", sourceVirtualMachine={"id": GOLDEN})),
        {"managed-image-source": "warning"},
        "managed-image-not-generalized",
    ),
    "managed image of an Arm64 machine": Report(
        "hashicorp/packer-plugin-azure/issues/287",
        (
            disk(supportedCapabilities={"architecture": "Arm64"}),
            attached(),
            resource("Image", "built", hyperVGeneration="V2", sourceVirtualMachine={"id": GOLDEN}),
        ),
        {"managed-image-source": "error"},
        "managed-image-architecture",
    ),
}
