"""Versions are made only from kinds of sources, and from subscriptions, that the team allows."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from acg.azure.kinds import Kind
from acg.desired.resource import Derived
from acg.path import Path
from acg.rules.examples import OTHER_SUBSCRIPTION, SUBSCRIPTION, UNKNOWN, Examples, case, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.verdict import Failure, Outcome
from acg.rules.views import ImageVersion, Reference
from acg.rules.words import listing

SourceKind = Literal["virtualMachine", "managedImage", "version", "communityVersion", "disk", "snapshot", "vhd"]

KINDS: dict[Kind | None, SourceKind] = {
    Kind.VIRTUAL_MACHINE: "virtualMachine",
    Kind.MANAGED_IMAGE: "managedImage",
    Kind.VERSION: "version",
    Kind.COMMUNITY_VERSION: "communityVersion",
    Kind.COMMUNITY_IMAGE: "communityVersion",
    Kind.DISK: "disk",
    Kind.SNAPSHOT: "snapshot",
}


class AllowedSources(Settings):
    kinds: tuple[SourceKind, ...] = Field((), description="Kinds of sources, as a catalog calls them; none allows all.")
    subscriptions: tuple[str, ...] = Field((), description="Subscriptions that sources may be in; none allows all.")


@guard_rule(
    code="ACG908",
    name="allowed-sources",
    looks_at=ImageVersion,
    settings=AllowedSources,
    why="What an image is made from decides what is in it: a team may trust its build pipeline and nothing else.",
    fix="Use another source, or allow this one in guardrails.json.",
)
def allowed_sources(version: ImageVersion, settings: AllowedSources, index: ResourceIndex) -> Iterator[Outcome]:
    for reference in _references(version):
        yield from _judge(version, reference, settings, index)
    for disk in version.disks:
        if disk.source.has("uri") and settings.kinds and "vhd" not in settings.kinds:
            yield _refused(version, "vhd", (*disk.source.path, "uri"), settings)


def _references(version: ImageVersion) -> Iterator[Reference]:
    source = version.source
    for reference in (source.id, source.virtual_machine, source.community_version):
        if reference is not None:
            yield reference
    for disk in version.disks:
        if disk.source.id is not None and not disk.source.has("uri"):
            yield disk.source.id
        if disk.source.storage_account is not None:
            yield disk.source.storage_account


def _judge(
    version: ImageVersion, reference: Reference, settings: AllowedSources, index: ResourceIndex
) -> Iterator[Outcome]:
    kind = KINDS.get(index.kind(reference))
    if kind is not None and settings.kinds and kind not in settings.kinds:
        yield _refused(version, kind, reference.path, settings)
    if not settings.subscriptions:
        return
    found = index.resolve(reference) if isinstance(reference.value, Derived) else None
    subscription = found.subscription if found is not None else reference.subscription
    if subscription is None and isinstance(reference.value, Derived):
        yield version.undecided("the subscription of a source is not known", reference.path)
    if subscription and subscription not in map(str.lower, settings.subscriptions):
        yield version.fails(f"has a source in subscription {subscription}, which is not allowed", reference.path)


def _refused(version: ImageVersion, kind: SourceKind, path: Path, settings: AllowedSources) -> Failure:
    return version.fails(f"has a source of kind {kind}; allowed are {listing(settings.kinds)}", path)


def examples() -> Examples:
    image = {"source": {"id": resource_id("images", "built")}}
    far = {"source": {"id": resource_id("images", "built", subscription=OTHER_SUBSCRIPTION)}}
    derived = {"source": {"id": Derived("corp/base/1.0.0")}}
    disk = {"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}
    blob = {"osDiskImage": {"source": {"uri": "https://images.blob.core.windows.net/vhds/os.vhd"}}}
    return Examples(
        compliant=[
            case("an allowed kind", version(storage=image), kinds=["managedImage"]),
            case("a disk of an allowed kind", version(storage=disk), kinds=["disk"]),
            case("an allowed subscription", version(storage=image), subscriptions=[SUBSCRIPTION.upper()]),
            case("nothing is named: all are allowed", version(storage=blob), kinds=[]),
        ],
        noncompliant=[
            case("another kind", version(storage=blob), kinds=["managedImage", "version"]),
            case("a disk", version(storage=disk), kinds=["managedImage"]),
            case("another subscription", version(storage=far), subscriptions=[SUBSCRIPTION]),
            case(
                "a version of the same set in another subscription",
                version(image="base", subscription=OTHER_SUBSCRIPTION),
                version(storage=derived),
                subscriptions=[SUBSCRIPTION],
            ),
        ],
        undecided=[
            case(
                "a version of the same set in the provider's subscription",
                version(image="base", subscription=None),
                version(storage=derived),
                subscriptions=[SUBSCRIPTION],
            ),
            case("a source of the same program", version(storage={"source": {"id": UNKNOWN}}), kinds=["managedImage"]),
        ],
    )
