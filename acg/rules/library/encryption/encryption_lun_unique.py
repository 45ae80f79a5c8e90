"""The encryption of a region names each data disk by its LUN, once."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication


@azure_rule(
    code="ACG605",
    name="encryption-lun-unique",
    looks_at=Replication,
    why="Azure tells data disks by their LUNs, and refuses a region whose encryption names one twice.",
    fix="Leave one entry for each data disk, with its lun.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def encryption_lun_unique(version: Replication) -> Iterator[Failure]:
    for target in version.encrypted_targets:
        seen: set[int] = set()
        for disk in target.encryption.data_disks:
            lun = disk.lun
            if lun is None:
                yield disk.fails(f"encrypts a data disk in {target.region} and does not name its LUN")
            elif lun in seen:
                yield disk.fails(f"encrypts LUN {lun} twice in {target.region}", "lun")
            if lun is not None:
                seen.add(lun)


def examples() -> Examples:
    def with_luns(*luns: object) -> dict[str, object]:
        disks = [{"lun": lun, "diskEncryptionSetId": resource_id("diskEncryptionSets", "des")} for lun in luns]
        return {"name": "westeurope", "encryption": {"dataDiskImages": disks}}

    return Examples(
        compliant=[
            case("each once", version(regions=[with_luns(0, 1)])),
            case("one LUN in two regions", version(regions=[with_luns(0), {**with_luns(0), "name": "northeurope"}])),
            case("no encryption", version()),
        ],
        noncompliant=[
            case("one twice", version(regions=[with_luns(0, 1, 0.0)])),
            case("a data disk without a LUN", version(regions=[with_luns(0, None)])),
        ],
        undecided=[case("a LUN that is known later", version(regions=[with_luns(UNKNOWN)]))],
    )
