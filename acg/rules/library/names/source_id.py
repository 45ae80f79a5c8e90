"""Each source of a version is named by the id of a resource that can be one."""

from collections.abc import Iterator
from typing import Any

from acg.azure.kinds import Kind
from acg.azure.resource_id import id_within
from acg.rules.examples import UNKNOWN, Examples, case, resource_id, version, version_id
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import DiskImage, ImageVersion, Reference
from acg.rules.words import listing, with_article

OF_VERSION = frozenset({Kind.MANAGED_IMAGE, Kind.VIRTUAL_MACHINE, Kind.VERSION})
OF_DISK = frozenset({Kind.DISK, Kind.SNAPSHOT})
OF_MACHINE = frozenset({Kind.VIRTUAL_MACHINE})
OF_COMMUNITY = frozenset({Kind.COMMUNITY_VERSION})
OF_ACCOUNT = frozenset({Kind.STORAGE_ACCOUNT})
UNSURE = frozenset({Kind.LATEST, Kind.COMMUNITY_VERSION, Kind.SHARED_VERSION, Kind.COMMUNITY_IMAGE, Kind.SHARED_IMAGE})
"""What the service makes of these is not documented."""


@azure_rule(
    code="ACG109",
    name="source-id",
    looks_at=ImageVersion,
    why="Azure makes a version from a virtual machine, a managed image or another version; its single disks from "
    "managed disks, snapshots or VHD blobs; and takes full resource ids only.",
    fix="Give the full id, beginning with /subscriptions/, of a resource of one of these kinds.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def source_id(version: ImageVersion) -> Iterator[Outcome]:
    source = version.source
    if source.id is not None:
        yield from _judge(version, source.id, OF_VERSION)
    if source.has("virtualMachineId") and source.virtual_machine is not None:
        yield from _judge(version, source.virtual_machine, OF_MACHINE)
    if source.has("communityGalleryImageId") and source.community_version is not None:
        yield from _judge(version, source.community_version, OF_COMMUNITY)
    for disk in version.disks:
        yield from _judge_disk(version, disk)


def _judge_disk(version: ImageVersion, disk: DiskImage) -> Iterator[Outcome]:
    if disk.source.id is not None:
        # Before API 2022-03-03 the storage account of a blob stood here.
        blob = disk.source.has("uri") and disk.source.id.kind is Kind.STORAGE_ACCOUNT
        yield from _judge(version, disk.source.id, OF_ACCOUNT if blob else OF_DISK)
    if disk.source.storage_account is not None:
        # OTHER may be a classic storage account.
        yield from _judge(version, disk.source.storage_account, OF_ACCOUNT | {Kind.OTHER})


def _judge(version: ImageVersion, reference: Reference, allowed: frozenset[Kind]) -> Iterator[Outcome]:
    kind = reference.kind
    if kind in allowed:
        return
    if kind is None:
        meant = id_within(str(reference), allowed)
        fix = f"Write {meant}." if meant else None
        yield version.fails(f"has a source whose id {reference.fault}", reference.path, fix=fix)
    elif kind in UNSURE and allowed & {Kind.VERSION, Kind.COMMUNITY_VERSION}:
        reason = f"whether Azure takes the id of {with_article(kind)} here is not documented"
        yield version.undecided(reason, reference.path)
    else:
        wanted = listing((with_article(one) for one in sorted(allowed)), "or")
        yield version.fails(f"has as a source {with_article(kind)} where Azure takes {wanted}", reference.path)


def examples() -> Examples:
    def whole(**source: object) -> dict[str, Any]:
        return {"storage": {"source": source}}

    def disk(**source: object) -> dict[str, Any]:
        return {"storage": {"osDiskImage": {"source": source}}}

    blob = "https://images.blob.core.windows.net/vhds/os.vhd"
    account = resource_id("x", "y").replace("Microsoft.Compute/x/y", "Microsoft.Storage/storageAccounts/images")
    community = "/CommunityGalleries/contoso-1234/Images/ubuntu/Versions/1.0.0"
    return Examples(
        compliant=[
            case("a managed image", version(**whole(id=resource_id("images", "built")))),
            case(
                "a virtual machine, as older programs name it",
                version(**whole(id=resource_id("virtualMachines", "vm"))),
            ),
            case("a version, in other letters", version(**whole(id=version_id("corp/ubuntu/1.0.0").upper()))),
            case("a community version", version(**whole(communityGalleryImageId=community))),
            case("a snapshot", version(**disk(id=resource_id("snapshots", "os")))),
            case("a blob with its storage account", version(**disk(uri=blob, storageAccountId=account))),
            case("a blob as it was named before 2022", version(**disk(uri=blob, id=account))),
        ],
        noncompliant=[
            case(
                "a version as a community image",
                version(storage={"source": {"communityGalleryImageId": version_id("corp/base/1.0.0")}}),
            ),
            case("a name instead of an id", version(**whole(id="built"))),
            case(
                "the address of a page of the portal",
                version(**whole(id=f"https://portal.azure.com/#resource{resource_id('images', 'built')}/overview")),
            ),
            case(
                "a definition, without a version", version(**whole(id=resource_id("galleries", "corp/images/ubuntu")))
            ),
            case("a disk for a whole version", version(**whole(id=resource_id("disks", "os")))),
            case("a managed image for a disk", version(**disk(id=resource_id("images", "built")))),
            case("a managed image as a machine", version(**whole(virtualMachineId=resource_id("images", "built")))),
        ],
        undecided=[
            case("a source that is made in the same program", version(**whole(id=UNKNOWN))),
            case("the latest version", version(**whole(id=version_id("corp/ubuntu/latest")))),
        ],
    )
