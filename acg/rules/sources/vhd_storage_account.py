"""A VHD is named together with the storage account that holds it."""

from collections.abc import Iterator

from acg.rules.examples import GROUP, UNKNOWN, Examples, case, resource_id, version
from acg.rules.facts import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG304",
    name="vhd-storage-account",
    looks_at=ImageVersion,
    only_if="disks",
    why="Azure reads a VHD with the keys of its storage account, and so has to be told which account it is.",
    mend="Give the account's id as storageAccountId.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
)
def vhd_storage_account(version: ImageVersion) -> Iterator[Failure]:
    for disk in version.disks:
        source = disk.source
        # API versions before 2022-03-03 want the account's id as ``id``.
        if source.has("uri") and not source.has("storageAccountId") and not source.has("id"):
            yield source.fails("has a disk made from a VHD whose storage account is not named", "uri")


def examples() -> Examples:
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd"}
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/contoso"
    return Examples(
        compliant=[
            case(
                "with its account", version(storage={"osDiskImage": {"source": {**vhd, "storageAccountId": account}}})
            ),
            case(
                "an account that is known later",
                version(storage={"osDiskImage": {"source": {**vhd, "storageAccountId": UNKNOWN}}}),
            ),
            case("as old API versions want it", version(storage={"osDiskImage": {"source": {**vhd, "id": account}}})),
            case("no VHD", version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}})),
        ],
        noncompliant=[
            case("the operating system disk", version(storage={"osDiskImage": {"source": vhd}})),
            case(
                "a data disk",
                version(
                    storage={
                        "osDiskImage": {"source": {"id": resource_id("disks", "os")}},
                        "dataDiskImages": [{"lun": 0, "source": vhd}],
                    }
                ),
            ),
        ],
        undecided=[case("a source that is known later", version(storage={"osDiskImage": {"source": UNKNOWN}}))],
    )
