"""The address of a VHD carries no shared access signature."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from acg.desired.resource import Resource
from acg.rules.conditions import disks_given
from acg.rules.examples import GROUP, UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG310",
    name="vhd-signature",
    looks_at=ImageVersion,
    only_if=disks_given,
    severity="warning",
    why="A signature gives everybody who reads it access to the storage account until it expires, and catalogs, "
    "previews and stacks are read by many. Azure reads a VHD with the account's own keys and needs none.",
    fix="Leave out everything from the question mark on, name the account as storageAccountId, and revoke the "
    "signature if others may have seen it.",
    source="https://learn.microsoft.com/azure/storage/common/storage-sas-overview#best-practices-when-using-sas",
)
def vhd_signature(version: ImageVersion) -> Iterator[Failure]:
    for disk in version.disks:
        uri = disk.source.uri if disk.source.has("uri") else None
        if uri and _is_signed(uri):
            # Nothing of the address is quoted: what is a secret in it depends on how it was made.
            yield disk.source.fails("has a disk made from a VHD whose address carries a signature", "uri")


def _is_signed(uri: str) -> bool:
    query = uri.partition("?")[2].partition("#")[0]
    return any(key.lower() == "sig" for key, _ in parse_qsl(query, keep_blank_values=True))


def examples() -> Examples:
    blob = "https://contoso.blob.core.windows.net/vhds/os.vhd"
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/contoso"

    def of(uri: object) -> Resource:
        return version(storage={"osDiskImage": {"source": {"uri": uri, "storageAccountId": account}}})

    return Examples(
        compliant=[
            case("an address", of(blob)),
            case("a state of the blob", of(f"{blob}?snapshot=2026-01-01T00:00:00Z")),
            case("a name that looks like one", of("https://contoso.blob.core.windows.net/vhds/sig=1.vhd")),
            case("no VHD", version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}})),
        ],
        noncompliant=[
            case("a signature", of(f"{blob}?sv=2024-11-04&sp=r&sig=abc")),
            case("a signature in other letters", of(f"{blob}?SIG=abc")),
        ],
        undecided=[case("an address that is known later", of(UNKNOWN))],
    )
