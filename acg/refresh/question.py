"""What a reader of Azure is to look at for a refresh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acg.azure.kinds import Kind
from acg.azure.resource_id import ResourceId
from acg.refresh.azure import Where
from acg.refresh.declared import Declared, Line
from acg.refresh.manifest import last_build
from acg.refresh.references import definition_of
from acg.refresh.sources import builds_of
from acg.refresh.steps.rings import progress
from acg.state.observed import AskedGallery, AskedSources, Question, SourceKind


def question(declared: Declared, subscription: str, files: Mapping[str, Any] | None = None) -> Question:
    """The galleries, sources and scale sets that a refresh of a catalog depends on.

    Args:
        declared: The catalog.
        subscription: Subscription of what says none.
        files: Contents of manifests, by their names in the catalog.
    """
    galleries: set[AskedGallery] = set()
    sources: set[AskedSources] = set()
    definitions: set[str] = set()
    scale_sets: set[str] = set()
    replicated: set[str] = set()
    for line in declared.lines:
        galleries.add(_gallery(line.image.where, subscription))
        if (listed := builds_of(line)) is not None:
            kind, _, builds = listed
            default = builds.subscription or line.image.where.subscription or subscription
            sources.add(AskedSources(kind, default, builds.resource_group, builds.name or "*"))
        built = _built(line, files or {})
        if built is not None and built.kind is Kind.VERSION:
            definitions.add(str(built).rpartition("/versions/")[0])
        elif built is not None and built.subscription and built.resource_group and built.name:
            kind = SourceKind.MANAGED_IMAGE
            sources.add(AskedSources(kind, built.subscription, built.resource_group, built.name))
        scale_sets.update(id_ for gate in line.policy.gates.values() for id_ in gate.scale_sets or ())
        replicated.update(
            f"{_definition(line.image.where, subscription)}/versions/{version.key}"
            for version in line.versions
            if (made := progress(line, version)).before and made.next is not None
        )
        if line.refresh.from_.definition is not None and (where := definition_of(line, declared)) is not None:
            if where.resource_group is None:
                galleries.add(_gallery(where, subscription))
            else:
                definitions.add(_definition(where, subscription))
    return Question(
        tuple(sorted(galleries, key=_text)),
        tuple(sorted(sources, key=_text)),
        tuple(sorted(definitions)),
        tuple(sorted(scale_sets)),
        replicated=tuple(sorted(replicated)),
        consumers=any(line.policy.keep is not None for line in declared.lines),
    )


def _text(one: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(part or "") for part in one)


def _gallery(where: Where, subscription: str) -> AskedGallery:
    return AskedGallery(where.subscription or subscription, where.gallery, where.resource_group)


def _definition(where: Where, subscription: str) -> str:
    group = f"/subscriptions/{where.subscription or subscription}/resourceGroups/{where.resource_group}"
    return f"{group}/providers/Microsoft.Compute/galleries/{where.gallery}/images/{where.image}"


def _built(line: Line, files: Mapping[str, Any]) -> ResourceId | None:
    """What the line's manifest names."""
    id_ = last_build(files.get(line.refresh.from_.packer_manifest or ""))
    return None if id_ is None else ResourceId.parse(id_)
