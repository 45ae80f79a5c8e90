"""A VHD is named together with the storage account that holds it."""

from collections.abc import Iterator

from acg.rules.conditions import disks_given
from acg.rules.examples import GROUP, UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion

NAMED_SINCE = "2022-03-03"
"""API version from which the account has an input of its own; before, its id stood in ``id``."""


@azure_rule(
    code="ACG304",
    name="vhd-storage-account",
    looks_at=ImageVersion,
    only_if=disks_given,
    why="Azure reads a VHD with the keys of its storage account, so the version has to name that account.",
    fix="Give the account's id as storageAccountId.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
)
def vhd_storage_account(version: ImageVersion) -> Iterator[Failure]:
    for disk in version.disks:
        source = disk.source
        if not source.has("uri") or source.has("storageAccountId"):
            continue
        if not source.has("id"):
            yield source.fails("has a disk made from a VHD whose storage account is not named", "uri")
        elif version.api >= NAMED_SINCE:
            # Whether the old place still counts is not written anywhere.
            yield source.fails("names the storage account of a VHD as its id", "id", severity="warning")


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
            case(
                "as old API versions want it",
                version(storage={"osDiskImage": {"source": {**vhd, "id": account}}}, api="2021-07-01"),
            ),
            case("no VHD", version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}})),
        ],
        noncompliant=[
            case(
                "as later ones may not take it: a warning",
                version(storage={"osDiskImage": {"source": {**vhd, "id": account}}}),
            ),
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
