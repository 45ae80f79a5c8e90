"""An image of a confidential machine is replicated within its own region."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, definition, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion
from acg.rules.words import listing

EVERYWHERE = "nonpersistedtpm"
"""The one encryption type without a machine's state that would be bound to its region."""


@azure_rule(
    code="ACG610",
    name="confidential-regions",
    looks_at=ImageVersion,
    why="The state that a confidential machine leaves in its image is bound to the region. Azure refuses others: “Only "
    "the home region 'eastus' can be specified as a target region for Images with the ConfidentialVM feature unless "
    "the Confidential VM encryption type is set to 'NonPersistedTPM'”.",
    fix="Make the version once in each region, or use the security type ConfidentialVMSupported.",
    source="https://github.com/hashicorp/packer-plugin-azure/issues/373",
)
def confidential_regions(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    definition = index.definition(version)
    if definition is not None and definition.security_type.lower() != "confidentialvm":
        return
    elsewhere = [target for target in version.replication.targets if target.region != version.replication.home]
    if definition is None and elsewhere:
        yield version.undecided("its image definition is not known here", "publishingProfile.targetRegions")
        return
    bound = [
        target
        for target in elsewhere
        if (target.encryption.os_disk.security_profile.text("confidentialVMEncryptionType") or "").lower() != EVERYWHERE
    ]
    if bound and version.replication.home:
        yield version.fails(
            f"is an image of a confidential machine in {version.replication.home} and replicated to "
            f"{listing(target.region or '' for target in bound)}",
            bound[0].path,
        )


def examples() -> Examples:
    def of(security_type: str, *names: object, encrypted: object = None) -> Any:
        profile = {"confidentialVMEncryptionType": encrypted}
        encryption = {"osDiskImage": {"securityProfile": profile}} if encrypted else None
        return (
            definition(features=[{"name": "SecurityType", "value": security_type}]),
            version(regions=[{"name": name, "encryption": encryption} for name in names]),
        )

    return Examples(
        compliant=[
            case("its own region", *of("ConfidentialVM", "West Europe", encrypted="EncryptedWithPmk")),
            case(
                "no state that would be bound to a region",
                *of("ConfidentialVM", "westeurope", "northeurope", encrypted="NonPersistedTPM"),
            ),
            case("an image that merely supports it", *of("ConfidentialVMSupported", "westeurope", "northeurope")),
        ],
        noncompliant=[
            case("another region", *of("ConfidentialVM", "westeurope", "northeurope")),
            case(
                "another region, with a platform key",
                *of("confidentialVM", "westeurope", "northeurope", encrypted="EncryptedWithPmk"),
            ),
        ],
        undecided=[case("a region from another resource", *of("ConfidentialVM", "westeurope", UNKNOWN))],
    )
