"""Only images of confidential machines say how a confidential disk is encrypted."""

from collections.abc import Iterator
from typing import Any

from acg.rules.conditions import encryption_given
from acg.rules.examples import UNKNOWN, Examples, case, definition, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion

KEY = "confidentialVMEncryptionType"


@azure_rule(
    code="ACG611",
    name="confidential-definition",
    looks_at=ImageVersion,
    only_if=encryption_given,
    severity="warning",
    why="An encryption type for confidential machines belongs to images that hold the state of one. What Azure makes "
    "of it elsewhere is not documented.",
    fix="Set the definition's security type to ConfidentialVM, or leave the encryption type out.",
    source="https://learn.microsoft.com/azure/confidential-computing/create-confidential-vm-from-compute-gallery",
)
def confidential_definition(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    for target in version.replication.encrypted_targets:
        profile = target.encryption.os_disk.security_profile
        if not profile.has(KEY):
            continue
        kind = index.required_definition(version).security_type
        if "confidential" not in kind.lower():
            yield version.fails(
                f"has a confidential encryption type in {target.region}, and its definition the security type {kind}",
                (*profile.path, KEY),
            )


def examples() -> Examples:
    encryption = {"osDiskImage": {"securityProfile": {KEY: "EncryptedWithPmk"}}}
    confidential = version(regions=[{"name": "westeurope", "encryption": encryption}])

    def of(security_type: object) -> Any:
        return definition(features=[{"name": "SecurityType", "value": security_type}])

    return Examples(
        compliant=[
            case("an image of a confidential machine", of("ConfidentialVM"), confidential),
            case("an image that supports them, in other letters", of("confidentialVmSupported"), confidential),
            case("an image with a platform key and no more", of("TrustedLaunch"), version()),
        ],
        noncompliant=[
            case("an image for Trusted Launch", of("TrustedLaunch"), confidential),
            case("an ordinary image", definition(features=None), confidential),
        ],
        undecided=[
            case("a security type from another resource", of(UNKNOWN), confidential),
            case("a definition of which nothing is known here", confidential),
        ],
    )
