"""No two disks of a version are made from the same disk, snapshot or VHD."""

from collections.abc import Iterator

from acg.rules.conditions import disks_given
from acg.rules.examples import GROUP, UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import DiskSource, ImageVersion


@azure_rule(
    code="ACG303",
    name="disk-source-once",
    looks_at=ImageVersion,
    only_if=disks_given,
    why="Azure refuses a version in which two disks have one source.",
    fix="Give each disk a source of its own, such as a copy of the disk.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def disk_source_once(version: ImageVersion) -> Iterator[Failure]:
    if not version.data_disks:
        return
    seen: set[str] = set()
    for disk in version.disks:
        if (key := _key(disk.source)) is None:
            continue
        if key in seen:
            # What follows the address of a blob may be a signature, which is a secret.
            what = disk.source.uri.partition("?")[0] if disk.source.uri else str(disk.source.id).rpartition("::")[2]
            yield disk.source.fails(f"makes two disks from {what}", "uri" if disk.source.uri else "id")
        seen.add(key)


def _key(source: DiskSource) -> str | None:
    """The same for two spellings of one source."""
    if source.uri is None:
        return source.id.key if source.id else None
    # Hosts have no case, blobs do. A query is a signature, but for one that picks a state of the blob.
    address, _, query = source.uri.partition("?")
    host, _, blob = address.partition("://")[2].partition("/")
    state = query if "snapshot=" in query or "versionid=" in query else ""
    return f"{host.lower()}/{blob}?{state}"


def examples() -> Examples:
    def made_from(*sources: object) -> dict[str, object]:
        system, *data = ({"source": source} for source in sources)
        return {"osDiskImage": system, "dataDiskImages": [{"lun": lun, **disk} for lun, disk in enumerate(data)]}

    os, data = ({"id": resource_id("disks", name)} for name in ("os", "data"))
    vhd = "https://contoso.blob.core.windows.net/vhds/data.vhd"
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/contoso"
    return Examples(
        compliant=[
            case("two disks", version(storage=made_from(os, data))),
            case(
                "a disk and a snapshot of one name",
                version(storage=made_from(os, {"id": resource_id("snapshots", "os")})),
            ),
            case(
                "two blobs in one storage account",
                version(
                    storage=made_from(
                        {"uri": vhd.replace("data", "os"), "storageAccountId": account},
                        {"uri": vhd, "storageAccountId": account},
                    )
                ),
            ),
            case(
                "two blobs whose account stands as old API versions want it",
                version(
                    storage=made_from({"uri": vhd.replace("data", "os"), "id": account}, {"uri": vhd, "id": account})
                ),
            ),
            case(
                "blobs whose names differ in case",
                version(storage=made_from({"uri": vhd}, {"uri": vhd.replace("data", "Data")})),
            ),
            case(
                "two states of one blob",
                version(
                    storage=made_from(
                        {"uri": f"{vhd}?snapshot=2026-01-01T00:00:00Z"}, {"uri": f"{vhd}?snapshot=2026-02-01T00:00:00Z"}
                    )
                ),
            ),
        ],
        noncompliant=[
            case(
                "one disk twice, in two spellings", version(storage=made_from(os, {"id": resource_id("disks", "OS")}))
            ),
            case("one blob twice", version(storage=made_from(os, {"uri": vhd}, {"uri": vhd}))),
            case(
                "one blob with and without a signature",
                version(storage=made_from({"uri": vhd}, {"uri": f"{vhd}?sv=2024-11-04&sig=abc"})),
            ),
        ],
        undecided=[case("a disk that is known later", version(storage=made_from(os, {"id": UNKNOWN})))],
    )
