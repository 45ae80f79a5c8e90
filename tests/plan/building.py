"""Plans for tests of renderings: the pull request of the model comment, and small changes to put into others."""

from __future__ import annotations

from datetime import date
from typing import Any

from acg.desired.resource import Place
from acg.plan.effects import (
    Consumers,
    Duration,
    Effects,
    EndOfLife,
    LatestChange,
    LatestMove,
    Quota,
    RegionChange,
    ReplicaChange,
    Storage,
    VersionGone,
)
from acg.plan.identity import Identity, Kind
from acg.plan.model import Action, Change, InputChange, Knowledge, Plan, Proposal, RefusedBy, Side, Snippet

TODAY = date(2026, 11, 27)
FACTS = "https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery"


def place(line: int, path: str = "", file: str = "platform.yaml") -> Place:
    return Place(file, line, 1, path)


def version(number: str, definition: str = "ubuntu-2404", gallery: str = "platform") -> Identity:
    name = f"{gallery}/{definition}/{number}"
    return Identity(Kind.VERSION, name, None, "rg-galleries", gallery, definition, number)


def definition(name: str = "ubuntu-2404", gallery: str = "platform") -> Identity:
    return Identity(Kind.DEFINITION, f"{gallery}/{name}", None, "rg-galleries", gallery, name)


def gallery(name: str = "platform") -> Identity:
    return Identity(Kind.GALLERY, name, None, "rg-galleries", name)


def change(action: Action, resource: Identity, reason: str = "reason", summary: str = "changes", **more: Any) -> Change:
    return Change(action, reason, resource, summary, **more)


def plan(*changes: Change, **more: Any) -> Plan:
    """A plan of the catalog ``galleries`` between two commits."""
    base = Side("git", "main", "41d0e77" + "0" * 33)
    head = Side("git", "HEAD", "7be01c2" + "0" * 33)
    given: dict[str, Any] = {"digest": "3f9ac1d2" + "0" * 56, "unchanged": 12, **more}
    return Plan("galleries", "prod-platform", base, head, TODAY, changes, **given)


def storage_changed() -> Change:
    path = ("publishingProfile", "targetRegions", "westeurope", "storageAccountType")
    snippets = (
        Snippet(
            "1.1.1:\n"
            "  source: {version: platform/ubuntu-2404/1.1.0}\n"
            "  publishedOn: 2026-11-27\n"
            "  targetRegions: [{name: westeurope, storageAccountType: Premium_LRS}]\n",
            ("galleries", "platform", "images", "ubuntu-2404", "versions"),
            place(30),
        ),
    )
    return change(
        Action.NEW_VERSION,
        version("1.1.0"),
        "storage-type-changed",
        "changes its storage type in westeurope from Standard_ZRS to Premium_LRS",
        inputs=(InputChange(path, "Standard_ZRS", "Premium_LRS"),),
        before=place(34),
        after=place(34),
        refused_by=RefusedBy.AZURE,
        why="Azure fixes the storage type when a version is published.",
        source=FACTS,
        proposal=Proposal("Restore 1.1.0 and publish a copy as 1.1.1.", snippets=snippets),
        protected=True,
    )


def region_left() -> Change:
    return change(
        Action.FORBIDDEN,
        version("1.1.0"),
        "region-removed",
        "leaves eastus2",
        inputs=(InputChange(("publishingProfile", "targetRegions", "eastus2"), {"name": "eastus2"}, None),),
        before=place(36),
        after=place(33),
        refused_by=RefusedBy.AZURE,
        why="Azure keeps the region while allowDeletionOfReplicatedLocations is not true.",
        source=FACTS,
        proposal=Proposal(
            "Permit it in one pull request, remove the region in the next.",
            snippets=(
                Snippet(
                    "safetyProfile: {allowDeletionOfReplicatedLocations: true}\n",
                    ("galleries", "platform", "images", "ubuntu-2404", "versions", "1.1.0"),
                    place(31),
                ),
            ),
        ),
        protected=True,
    )


def model_plan() -> Plan:
    """The pull request that docs/models shows: two refusals, a new version, more replicas."""
    count = ("publishingProfile", "targetRegions", "northeurope", "regionalReplicaCount")
    ubuntu = definition()
    latest = (
        LatestChange(ubuntu, "westeurope", LatestMove.UP, "1.1.0", "1.2.0", (), Consumers(0, 3, 2), Consumers(41)),
        LatestChange(ubuntu, "northeurope", LatestMove.UP, "1.1.0", "1.2.0", (), Consumers(0, 1, 0), Consumers(12)),
    )
    return plan(
        storage_changed(),
        region_left(),
        change(
            Action.CREATE,
            version("1.2.0"),
            "declared",
            "is published to westeurope and northeurope",
            inputs=(InputChange(("publishingProfile", "storageAccountType"), None, "Standard_ZRS"),),
            after=place(40),
        ),
        change(
            Action.UPDATE,
            version("1.1.0"),
            "replicas-changed",
            "changes its replicas in northeurope from 2 to 4",
            inputs=(InputChange(count, 2, 4),),
            before=place(35),
            after=place(35),
            protected=True,
        ),
        effects=Effects(
            latest=latest,
            regions=(RegionChange(ubuntu, "eastus2", False, Consumers(6, 1)),),
            gone=(VersionGone(version("1.1.0"), "eastus2", Consumers(0, 1), Consumers(6)),),
            replicas=(
                ReplicaChange(version("1.2.0"), "westeurope", "Standard_ZRS", 0, 3),
                ReplicaChange(version("1.1.0"), "northeurope", "Standard_ZRS", 2, 4),
            ),
            storage=Storage(210, 0, 30),
            durations={"platform/ubuntu-2404": Duration(9, 14, 5)},
            ends_of_life=(EndOfLife(version("1.0.0"), date(2026, 12, 20), 23),),
            quotas=(Quota("image versions", None, "westeurope", 11, 12, 10_000, FACTS),),
        ),
        digests={"platform/ubuntu-2404": "ab" * 32},
        knowledge=Knowledge("2026-11-27T02:10:00Z", 38, 40, ("2 subscriptions were not readable.",)),
    )
