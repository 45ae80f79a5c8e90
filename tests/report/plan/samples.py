"""Plans as the planner makes them, for every part of the page."""

from datetime import date
from typing import Any

from acg.desired.resource import Place
from acg.plan.effects import (
    Consumers,
    DefaultsChange,
    Deprecated,
    Duration,
    Effects,
    EndOfLife,
    LatestChange,
    LatestMove,
    Money,
    Quota,
    RegionChange,
    ReplicaChange,
    Skipped,
    Storage,
    VersionGone,
)
from acg.plan.identity import Identity, Kind
from acg.plan.model import (
    Action,
    Change,
    Findings,
    InputChange,
    Knowledge,
    Plan,
    Proposal,
    RefusedBy,
    Side,
    Snippet,
)
from tests.report.check.samples import EVERYTHING, finding

FILE = "galleries/platform.yaml"
BASE = Side("git", "main", commit="41d0e77" + "0" * 33)
HEAD = Side("git", "HEAD", commit="7be01c2" + "0" * 33)
TODAY = date(2026, 11, 27)


def gallery(name: str = "platform") -> Identity:
    return Identity(Kind.GALLERY, name, gallery=name)


def definition(name: str = "ubuntu-2404", gallery: str = "platform") -> Identity:
    return Identity(Kind.DEFINITION, f"{gallery}/{name}", gallery=gallery, definition=name)


def version(number: str, name: str = "ubuntu-2404", gallery: str = "platform") -> Identity:
    return Identity(Kind.VERSION, f"{gallery}/{name}/{number}", gallery=gallery, definition=name, version=number)


def at(line: int) -> Place:
    return Place(FILE, line, 11, "galleries.platform")


def plan(*changes: Change, **fields: Any) -> Plan:
    given = {
        "catalog": "galleries",
        "stack": "prod-platform",
        "base": BASE,
        "head": HEAD,
        "today": TODAY,
        "digest": "3f9ac1d2" + "0" * 56,
        **fields,
    }
    return Plan(changes=changes, **given)


STORAGE = Change(
    Action.NEW_VERSION,
    "storage-type-changed",
    version("1.1.0"),
    "changes its storage type in westeurope from Standard_ZRS to Premium_LRS",
    inputs=(
        InputChange(
            ("publishingProfile", "targetRegions", "westeurope", "storageAccountType"), "Standard_ZRS", "Premium_LRS"
        ),
    ),
    before=at(34),
    after=at(34),
    refused_by=RefusedBy.AZURE,
    why="Azure fixes the storage type when a version is published",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
    proposal=Proposal(
        "Restore 1.1.0 and publish a copy as 1.1.1: it is below 1.2.0, so old content does not become latest.",
        snippets=(
            Snippet(
                "1.1.1:\n"
                "  source: {version: platform/ubuntu-2404/1.1.0}\n"
                "  publishedOn: 2026-11-27\n"
                "  targetRegions: [{name: westeurope, storageAccountType: Premium_LRS}]\n",
                ("galleries", "platform", "images", "ubuntu-2404", "versions"),
                at(23),
            ),
        ),
    ),
)
REGION = Change(
    Action.FORBIDDEN,
    "region-removed",
    version("1.1.0"),
    "leaves eastus2",
    before=at(36),
    after=at(36),
    refused_by=RefusedBy.AZURE,
    why="Azure keeps the region while allowDeletionOfReplicatedLocations is not true",
    proposal=Proposal("Permit it in one pull request, remove the region in the next."),
)
CREATED = Change(
    Action.CREATE,
    "new",
    version("1.2.0"),
    "is created from ubuntu-2404-20261126 in westeurope × 3 and northeurope × 2",
    after=at(40),
)
RAISED = Change(
    Action.UPDATE,
    "replicas-changed",
    version("1.1.0"),
    "changes its replicas in northeurope from 2 to 4",
    before=at(35),
    after=at(35),
)
RETIRED = Change(
    Action.SAFETY,
    "retired",
    version("1.0.0"),
    "is retired, so that a later pull request can delete it",
    after=at(20),
    why="Pulumi no longer protects it from deletion",
)
UNDECIDED = Change(
    Action.UNDECIDED,
    "end-of-life-removed",
    version("1.0.0"),
    "no longer has an end of life",
    after=at(21),
    why="No source says whether Azure clears the date",
)
MODEL_LATEST = (
    LatestChange(
        definition(), "westeurope", LatestMove.UP, "1.1.0", "1.2.0", follow=Consumers(0, 3, 2), run=Consumers(40)
    ),
    LatestChange(
        definition(), "northeurope", LatestMove.UP, "1.1.0", "1.2.0", follow=Consumers(0, 1), run=Consumers(13)
    ),
    LatestChange(
        definition(),
        "eastus2",
        LatestMove.SAME,
        None,
        None,
        skipped=(Skipped("1.1.0", "is excluded there", is_new=False),),
        follow=Consumers(),
    ),
)
MODEL = plan(
    STORAGE,
    REGION,
    CREATED,
    RAISED,
    effects=Effects(
        latest=MODEL_LATEST,
        gone=(VersionGone(version("1.1.0"), "eastus2", Consumers(0, 1), Consumers(6)),),
        replicas=(
            ReplicaChange(version("1.2.0"), "westeurope", "Standard_ZRS", 0, 3),
            ReplicaChange(version("1.2.0"), "northeurope", "Standard_ZRS", 0, 2),
            ReplicaChange(version("1.1.0"), "northeurope", "Standard_ZRS", 2, 4),
        ),
        storage=Storage(added_gb=210, transferred_gb=30),
        durations={"platform/ubuntu-2404": Duration(9, 14, 5)},
    ),
    findings=Findings(
        new=(finding("end-of-life-past", "reached its end of life", severity="warning"),),
        same=(finding(severity="warning"),) * 3,
    ),
    digests={"platform/ubuntu-2404": "3f9ac1d2" + "0" * 56},
    knowledge=Knowledge("2026-11-27T02:10:00+00:00", 38, 40, ("2 subscriptions: access was denied",)),
)
"""The pull request of the example, with what a snapshot of Azure adds."""

EMPTY = plan(no_effect={"order": 2, "spelling": 1}, unchanged=14, digest="")

FULL = plan(
    RETIRED,
    STORAGE,
    REGION,
    UNDECIDED,
    CREATED,
    *(
        RAISED._replace(resource=version(f"1.0.{number}"), summary="changes its replicas in northeurope from 1 to 2")
        for number in range(34)
    ),
    Change(Action.DELETE, "removed", version("0.9.0"), "is deleted", before=at(90)),
    base=BASE._replace(path="images"),
    effects=Effects(
        latest=(
            *MODEL_LATEST,
            LatestChange(
                definition("debian-12"),
                "westeurope",
                LatestMove.LOST,
                "12.1.0",
                None,
                skipped=(Skipped("12.2.0", "is excluded in westeurope", is_new=True),),
            ),
            LatestChange(definition("debian-12"), "northeurope", LatestMove.DOWN, "12.1.0", "12.0.0"),
        ),
        regions=(
            RegionChange(definition("debian-12"), "westeurope", gained=False),
            RegionChange(definition("ubuntu-2404"), "swedencentral", gained=True),
        ),
        replicas=MODEL.effects.replicas,
        storage=Storage(210, 12, 30, (version("1.0.7"),)),
        money=Money("EUR", 11.5, 0.6, 0.6, ("Premium SSD / LRS / LRS Snapshots / westeurope",)),
        durations={"platform/ubuntu-2404": Duration(1, 360, 0)},
        defaults=(
            DefaultsChange(
                "galleries.platform.defaults.targetRegions",
                at(8),
                at(8),
                tuple(version(f"1.0.{number}") for number in range(34)),
                1020,
                2,
                "1.0.0:\n  targetRegions: [westeurope]\n",
            ),
        ),
        ends_of_life=(
            EndOfLife(version("1.0.0"), date(2026, 11, 1), -26),
            EndOfLife(version("1.1.0"), date(2026, 12, 20), 23),
        ),
        deprecated=(
            Deprecated(
                definition("ubuntu-2404"),
                date(2026, 11, 1),
                date(2027, 6, 30),
                "corp/ubuntu-2604",
                Consumers(12, 3, 2),
            ),
        ),
        quotas=(
            Quota(
                "image versions",
                None,
                "westeurope",
                9_960,
                9_961,
                10_000,
                "https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#limits",
            ),
        ),
    ),
    findings=Findings(
        new=(finding(), finding("end-of-life-past", "reached its end of life", severity="warning")),
        fixed=(finding("end-of-life-past", "reached its end of life", severity="warning"),),
        same=(finding(severity="warning"),),
        undecided=EVERYTHING.report.undecided,
        suppressed=EVERYTHING.report.suppressed,
    ),
)
"""Something of every kind."""
PLANS = {"model": MODEL, "empty": EMPTY, "full": FULL}
