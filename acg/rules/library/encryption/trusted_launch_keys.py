"""Whether an image for Trusted Launch can be encrypted with customer keys is not settled."""

from collections.abc import Iterator
from typing import Any

from acg.azure.features import GUEST_STATE
from acg.rules.conditions import encryption_given
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG613",
    name="trusted-launch-keys",
    looks_at=ImageVersion,
    only_if=encryption_given,
    severity="warning",
    why="Sources disagree. In 2024 the replication of such a version failed: “Data model DiskEncryptionSetId '' does "
    "not match DiskRP returned DiskEncryptionSetId”, and Microsoft was quoted as not supporting it. The documentation "
    "names no such limit.",
    fix="Try it before you rely on it, or leave the encryption to platform keys.",
    source="https://github.com/Azure/azure-rest-api-specs/issues/29280",
)
def trusted_launch_keys(version: ImageVersion, index: ResourceIndex) -> Iterator[Failure]:
    plain = [use for use in version.replication.set_uses if use.key == "diskEncryptionSetId"]
    if not plain:
        return
    definition = index.required_definition(version)
    # Confidential images have keys of their own, which confidential-encryption judges.
    if definition.security_type.lower() not in GUEST_STATE - {"confidentialvm"}:
        return
    yield version.fails(
        f"is encrypted with customer keys, and its definition is {definition.security_type}",
        (*plain[0].part.path, plain[0].key),
    )


def examples() -> Examples:
    def of(value: object) -> Any:
        return definition(features=[{"name": "SecurityType", "value": value}])

    customer_key = {"osDiskImage": {"diskEncryptionSetId": resource_id("diskEncryptionSets", "des")}}
    encrypted = version(regions=[{"name": "westeurope", "encryption": customer_key}])
    return Examples(
        compliant=[
            case("platform keys", of("TrustedLaunch"), version()),
            case("an ordinary definition", definition(), encrypted),
            case("one that merely supports Trusted Launch", of("TrustedLaunchSupported"), encrypted),
        ],
        noncompliant=[case("customer keys", of("TrustedLaunch"), encrypted)],
        undecided=[
            case("a definition of which nothing is known", encrypted),
            case("a security type that is known later", of(UNKNOWN), encrypted),
        ],
    )
