"""A disk that is encrypted with a customer's key in one region is so in every region."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Replication, TargetRegion

SET = "diskEncryptionSetId"


@azure_rule(
    code="ACG601",
    name="encryption-every-region",
    looks_at=Replication,
    why="Azure refuses a version that has a disk encrypted with customer keys in some of its regions only.",
    fix="Name a disk encryption set for that disk in each target region, or in none.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def encryption_every_region(version: Replication) -> Iterator[Failure]:
    known = [target for target in version.targets if target.knows("encryption") or not target.has("encryption")]
    encrypted = [(target, _encrypted(target)) for target in known]
    reported: set[int | None] = set()
    for first, disks in encrypted:
        for lun in sorted(disks - reported, key=lambda lun: -1 if lun is None else lun):
            reported.add(lun)
            for target, others in encrypted:
                if lun not in others:
                    yield _missing(target, lun, first)
    for target in version.targets:
        target.mapping("encryption")  # undecided where it is known only after deployment


def _encrypted(target: TargetRegion) -> set[int | None]:
    """LUNs of the disks for which a region names a set; None is the operating system disk."""
    if not target.has("encryption"):
        return set()
    found: set[int | None] = {disk.lun for disk in target.encryption.data_disks if disk.has(SET) and disk.has("lun")}
    return found | {None} if target.encryption.os_disk.has(SET) else found


def _missing(target: TargetRegion, lun: int | None, other: TargetRegion) -> Failure:
    disk = "operating system disk" if lun is None else f"data disk at LUN {lun}"
    # What a confidential disk's set in one region is worth beside a plain one in another is not written anywhere.
    confidential = lun is None and target.encryption.os_disk.security_profile.has("secureVMDiskEncryptionSetId")
    return target.fails(
        f"has a disk encryption set for the {disk} in {other.region} and none in {target.region}",
        "encryption" if target.has("encryption") else "name",
        severity="warning" if confidential else None,
    )


def examples() -> Examples:
    def encrypted(region: str, os: object = None, **luns: object) -> dict[str, Any]:
        data = [{"lun": int(lun[3:]), SET: one} for lun, one in luns.items()]
        return {"name": region, "encryption": {"osDiskImage": {SET: os}, "dataDiskImages": data}}

    west, north = (resource_id("diskEncryptionSets", f"des-{region}") for region in ("westeurope", "northeurope"))
    home = encrypted("westeurope", west, lun0=west, lun9=west)
    return Examples(
        compliant=[
            case("platform keys everywhere", version(regions=["westeurope", "northeurope"])),
            case(
                "one set of each region for all disks there",
                version(regions=[home, encrypted("northeurope", north, lun9=north, lun0=north)]),
            ),
            case(
                "the operating system disk alone",
                version(regions=[encrypted("westeurope", west), encrypted("northeurope", north)]),
            ),
            case(
                "sets that are made in the same program",
                version(regions=[encrypted("westeurope", UNKNOWN), encrypted("northeurope", UNKNOWN)]),
            ),
        ],
        noncompliant=[
            case("a region without", version(regions=[home, "northeurope"])),
            case(
                "a data disk that one region leaves out",
                version(regions=[home, encrypted("northeurope", north, lun0=north)]),
            ),
            case(
                "the disks of two regions interchanged",
                version(regions=[encrypted("westeurope", west), encrypted("northeurope", None, lun0=north)]),
            ),
        ],
        undecided=[
            case(
                "encryption that is known later",
                version(regions=[home, {"name": "westeurope", "encryption": UNKNOWN}]),
            ),
        ],
    )
