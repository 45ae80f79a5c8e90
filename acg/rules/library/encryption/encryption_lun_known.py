"""Only data disks that the version has are encrypted."""

from collections.abc import Iterator

from acg.rules.conditions import encryption_given
from acg.rules.disk_sizes import luns
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion
from acg.rules.words import listing


@azure_rule(
    code="ACG606",
    name="encryption-lun-known",
    looks_at=ImageVersion,
    only_if=encryption_given,
    why="Azure refuses the encryption of a LUN at which the image has no disk.",
    fix="Name the LUNs of the version's data disks.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def encryption_lun_known(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    targets = version.replication.encrypted_targets
    named = [(target, disk) for target in targets for disk in target.encryption.data_disks]
    if not named:
        return
    known, all_known = luns(version, index)
    for target, disk in named:
        if disk.lun is None or disk.lun in known:
            continue
        if all_known:
            has = f"data disks only at {listing(map(str, sorted(known)))}" if known else "no data disks"
            yield version.fails(
                f"encrypts a data disk at LUN {disk.lun} in {target.region}, and has {has}", (*disk.path, "lun")
            )
        else:
            yield version.undecided("the data disks of what it is made from are not known", (*disk.path, "lun"))


def examples() -> Examples:
    def encrypting(*luns: object) -> list[object]:
        disks = [{"lun": lun, "diskEncryptionSetId": resource_id("diskEncryptionSets", "des")} for lun in luns]
        return [{"name": "westeurope", "encryption": {"dataDiskImages": disks}}]

    disks = {
        "osDiskImage": {"source": {"id": resource_id("disks", "os")}},
        "dataDiskImages": [{"lun": lun, "source": {"id": resource_id("disks", f"data-{lun}")}} for lun in (0, 9)],
    }
    image = {"osDisk": {"osType": "Linux"}, "dataDisks": [{"lun": 0}]}
    return Examples(
        compliant=[
            case("each of them", version(storage=disks, regions=encrypting(0, 9))),
            case("one of them", version(storage=disks, regions=encrypting(9))),
            case(
                "those of a managed image of the same stack",
                resource("Image", "built", storageProfile=image),
                version(regions=encrypting(0)),
            ),
            case("a disk whose size alone is declared", version(regions=encrypting(3), expected_sizes={3: 64})),
            case("no encryption", version(storage=disks)),
        ],
        noncompliant=[
            case("a LUN without a disk", version(storage=disks, regions=encrypting(0, 1))),
            case(
                "a LUN that a managed image of the same stack lacks",
                resource("Image", "built", storageProfile=image),
                version(regions=encrypting(1)),
            ),
        ],
        undecided=[
            case("a source that does not show its disks", version(regions=encrypting(0))),
            case("a deleted version that is restored", version(storage={}, regions=encrypting(0), restore=True)),
            case(
                "a machine of the same stack, whose image may bring more disks",
                resource("VirtualMachine", "golden", storageProfile=image),
                version(storage={"source": {"id": resource_id("virtualMachines", "golden")}}, regions=encrypting(1)),
            ),
            case("a LUN that is known later", version(storage=disks, regions=encrypting(UNKNOWN))),
        ],
    )
