"""Faults that the policy pack had: what the engine shows it of a program, and what it answers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from acg.rules import examples
from acg.rules.examples import definition, resource_id, version, version_id
from acg.testing import UNKNOWN, Resource, load_pack
from tests.reported.resources import (
    AUTOMATIC,
    BLANK,
    COPY,
    CORP,
    DATA_ID,
    FIRST,
    FIRST_ID,
    GOLDEN,
    KEYS,
    LATEST,
    PLAN,
    SYSTEM,
    SYSTEM_ID,
    UBUNTU,
    captured,
    disk,
    later,
    machine,
    made_from,
    resource,
    scale_set,
    shown,
    typed,
)

POLICIES = Path(__file__).parents[2] / "policies"
ATTACHED = [{"lun": 0, "managedDisk": {"id": resource_id("disks", "data")}}]


@dataclass(frozen=True)
class Row:
    """One fault: the resources of a program in their order, and what a preview of it has to show."""

    name: str
    resources: Sequence[Resource]
    mandatory: str = ""
    """Policy that stops the preview; empty if none does."""
    advisory: str = ""
    """Policy that gives advice."""
    says: str = ""


DISKS = [
    Row(
        "a data disk beside the operating system's, both of the stack",
        [SYSTEM, disk("data", 1_500), later(SYSTEM, disk("data", 1_500))],
        mandatory="data-disk-size",
        says="1,500 GB",
    ),
    Row(
        "a disk that is too large for any place",
        [BLANK, disk("data", 3_000), later(BLANK, disk("data", 3_000))],
        mandatory="disk-size",
        says="3,000 GB",
    ),
    Row(
        "a snapshot of a disk of the stack",
        [SYSTEM, disk("data", 1_500), COPY, later(SYSTEM, COPY)],
        mandatory="data-disk-size",
        says="1,500 GB",
    ),
    Row(
        "a managed image of a machine of the stack",
        [
            disk("data", 1_500),
            resource("VirtualMachine", "golden", storageProfile={"dataDisks": ATTACHED}),
            resource("Image", "built", sourceVirtualMachine={"id": resource_id("virtualMachines", "golden")}),
            CORP,
            UBUNTU,
            FIRST,
        ],
        mandatory="data-disk-size",
        says="1,500 GB",
    ),
]

BOOT = [
    Row(
        "an image outside the stack",
        [scale_set(version_id("other/ubuntu/1.0.0"))],
        advisory="image-in-region",
        says="not checked yet",
    ),
    Row(
        "automatic upgrades of a pinned version",
        [CORP, UBUNTU, FIRST, scale_set(FIRST_ID, upgradePolicy=AUTOMATIC)],
        mandatory="automatic-upgrade-image",
    ),
    Row(
        "a Standard machine of an image for Trusted Launch",
        [CORP, typed("TrustedLaunch"), FIRST, machine(securityProfile={"securityType": "Standard"})],
        mandatory="machine-security-type",
    ),
    Row("an Arm size for an x64 image", [CORP, UBUNTU, FIRST, machine("Standard_D2ps_v5")], "machine-architecture"),
    Row(
        "a controller that the image does not name",
        [CORP, UBUNTU, FIRST, machine(storage={"diskControllerType": "NVMe"})],
        mandatory="machine-disk-controller",
    ),
    Row(
        "generation 1 with a size of generation 2",
        [CORP, shown(definition(hyperVGeneration="V1")), FIRST, machine("Standard_D2ads_v6")],
        mandatory="machine-generation",
    ),
    Row(
        "a purchase plan that the machine lacks",
        [CORP, shown(definition(purchasePlan=PLAN)), FIRST, machine()],
        mandatory="machine-plan",
    ),
    Row(
        "an operating system disk smaller than the image",
        [
            CORP,
            UBUNTU,
            resource("Image", "built", storageProfile={"osDisk": {"diskSizeGB": 127}}),
            FIRST,
            machine(os_disk=30),
        ],
        mandatory="machine-os-disk-size",
    ),
    Row(
        "more instances than an image serves",
        [CORP, UBUNTU, FIRST, scale_set(LATEST, sku={"name": "Standard_D2s_v5", "capacity": 1_001})],
        advisory="scale-set-instances",
    ),
]

CAPTURE = [
    Row(
        "a machine with a Premium SSD v2 disk",
        [
            CORP,
            UBUNTU,
            disk("data", 64, sku={"name": "PremiumV2_LRS"}),
            resource(
                "VirtualMachine",
                "golden",
                storageProfile={"dataDisks": ATTACHED},
            ),
            captured(),
        ],
        mandatory="machine-disks",
    ),
    Row(
        "customer keys with Trusted Launch, which sources disagree about",
        [
            CORP,
            typed("TrustedLaunch"),
            shown(version(regions=[{"name": "westeurope", "encryption": KEYS}])),
        ],
        advisory="trusted-launch-keys",
    ),
    Row(
        "a snapshot of an ordinary machine is taken by a definition that supports Trusted Launch",
        [
            CORP,
            typed("TrustedLaunchSupported"),
            disk("os", 30, securityProfile={"securityType": "Standard"}),
            resource(
                "Snapshot", "os", creationData={"createOption": "Copy", "sourceResourceId": resource_id("disks", "os")}
            ),
            made_from(resource_id("snapshots", "os")),
        ],
    ),
    Row(
        "a managed image of a machine with Trusted Launch",
        [
            resource("VirtualMachine", "golden", securityProfile={"securityType": "TrustedLaunch"}),
            resource("Image", "built", sourceVirtualMachine={"id": resource_id("virtualMachines", "golden")}),
        ],
        mandatory="managed-image-source",
    ),
    Row(
        "a VHD by an address with a signature",
        [
            CORP,
            UBUNTU,
            shown(
                version(
                    storage={
                        "osDiskImage": {
                            "source": {
                                "uri": "https://contoso.blob.core.windows.net/vhds/os.vhd?sig=abc",
                                "storageAccountId": f"{examples.GROUP}/providers/Microsoft.Storage/storageAccounts/c",
                            }
                        }
                    }
                )
            ),
        ],
        advisory="vhd-signature",
    ),
    Row(
        "the id of a machine of the same stack is not known yet",
        [
            CORP,
            UBUNTU,
            GOLDEN,
            replace(
                shown(version(storage={"source": {"virtualMachineId": UNKNOWN}})),
                property_dependencies={"storageProfile": [GOLDEN]},
            ),
        ],
        advisory="source-matches-definition",
        says="not checked yet",
    ),
]


@pytest.mark.parametrize("row", [*DISKS, *BOOT, *CAPTURE], ids=lambda row: row.name.replace(" ", "-"))
def test_a_preview(row: Row) -> None:
    with load_pack(POLICIES) as pack:
        report = pack.run(*row.resources)
    stopped = {one.policy for one in report.mandatory}
    assert stopped == ({row.mandatory} if row.mandatory else set()), str(report)
    if policy := row.mandatory or row.advisory:
        assert any(row.says in one.message for one in report.of(policy)), str(report)


def test_an_update_refuses_a_disk_before_it_sends_the_version() -> None:
    """By then the disks exist, and the version names them by their ids; nobody says in which subscription they are."""
    data = shown(examples.resource("Disk", "data", diskSizeGB=1_500), knows_subscription=False)
    made = shown(version(storage=made_from(SYSTEM_ID, DATA_ID).inputs["storageProfile"]), knows_subscription=False)
    with load_pack(POLICIES) as pack:
        pack.analyze(data)
        report = pack.analyze(made)
    assert [one.policy for one in report.mandatory] == ["data-disk-size"], str(report)


def test_an_audit_knows_a_disk_by_the_id_in_the_state() -> None:
    """Only the unique name that Azure gave the gallery tells the subscription."""
    unique = {"identifier": {"uniqueName": f"{examples.SUBSCRIPTION.upper()}-CORP"}}
    plain = [
        shown(examples.gallery(subscription=None), outputs=unique, knows_subscription=False),
        shown(examples.definition(subscription=None), knows_subscription=False),
        shown(examples.resource("Disk", "data", diskSizeGB=1_025), knows_subscription=False),
        shown(version(storage=made_from(SYSTEM_ID, DATA_ID).inputs["storageProfile"]), knows_subscription=False),
    ]
    with load_pack(POLICIES) as pack:
        report = pack.run(*plain)
    assert "data-disk-size" in {one.policy for one in report.mandatory}, str(report)


def test_sizes_that_are_read_back_in_another_order_belong_to_their_disks() -> None:
    """Azure sorts the data disks of a version by LUN; who reads a finding looks into the program."""
    source = {"id": resource_id("images", "built")}
    asked = [{"lun": 5, "hostCaching": "None"}, {"lun": 2, "hostCaching": "None"}]
    read = {
        "osDiskImage": {"sizeInGB": 30},
        "dataDiskImages": [{"lun": 2, "sizeInGB": 1_500}, {"lun": 5, "sizeInGB": 30}],
    }
    made = version(storage={"source": source, "dataDiskImages": asked})
    with load_pack(POLICIES) as pack:
        report = pack.run(CORP, UBUNTU, shown(made, outputs={**made.inputs, "storageProfile": read}))
    found = report.of("data-disk-size")
    assert ["dataDiskImages[1]" in one.message for one in found] == [True], str(report)


def test_what_is_undecided_for_one_reason_is_one_line() -> None:
    """Each version was a line of its own, as soon as one of its values was known later."""
    storage, later = made_from(SYSTEM_ID).inputs["storageProfile"], {"endOfLifeDate": UNKNOWN}
    versions = [shown(version(f"1.0.{patch}", storage=storage, profile=later)) for patch in range(20)]
    with load_pack(POLICIES) as pack:
        report = pack.run(CORP, UBUNTU, *versions)
    counts = Counter(one.policy for one in report)
    assert counts["end-of-life-past"] == 1, str(report)
    assert set(counts.values()) == {1}, str(report)
