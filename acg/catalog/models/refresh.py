"""How a catalog brings its versions up to date: policies, and where new versions come from. `acg refresh` reads it."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from acg.catalog.models.base import Model, TextOrModel, TupleOf, catalog_field
from acg.catalog.models.common import Duration
from acg.catalog.models.upkeep import REST


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Texts = Annotated[
    tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str]), Field(strict=False)
]
"""One text, or a list of several."""


class Number(TextOrModel):
    """How a new version is numbered; plain text is the step from the highest number so far."""

    by: Literal["patch", "minor", "major", "date", "source"] | None = catalog_field(
        description="patch, minor or major: one more than the highest so far. date: YYYY.MMDD.N. source: the number "
        "that the source has, which is another version."
    )
    tag: str | None = catalog_field(description="Tag of the source that holds the number.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.by is None) == (self.tag is None):
            raise ValueError("says nothing: write patch, minor, major, date, source or {tag: NAME}")
        return self

    @property
    def is_given(self) -> bool:
        """Whether the source has the number; otherwise it is counted."""
        return self.tag is not None or self.by == "source"


class Ring(Model):
    """Regions in which a version is opened at the same time."""

    regions: Texts = catalog_field(..., description="Names of regions, or rest: all that no ring names.")
    after: Duration | None = catalog_field(
        description="How long the version must have been latest in all regions of the ring before (P3D)."
    )
    gates: Texts = catalog_field((), description="Names of the policy's gates that must have passed.")


class Gate(Model):
    """A test whose result is read: passed, failed, or not known yet, which holds like a failure."""

    source_tag: dict[str, str] | None = catalog_field(
        description="Tags and values that the source has once it passed; another value means that it failed."
    )
    result_file: str | None = catalog_field(
        description="JSON file beside the catalog, with passed or failed by gallery/image/number or by the source's id."
    )
    executed_validation: str | None = catalog_field(
        description="Type of the validation that Azure runs on a version, such as TrustedLaunch."
    )
    scale_sets: TupleOf[str] | None = catalog_field(
        description="Ids of scale sets that upgrade themselves; all must have upgraded to the version."
    )
    within: Duration | None = catalog_field(description="Age of the upgrades that count (default: any).")
    failed: int | None = catalog_field(description="Instances whose upgrade may fail (default: 0).")
    rolled_back: int | None = catalog_field(description="Instances that may be rolled back (default: 0).")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        kinds = (self.source_tag, self.result_file, self.executed_validation, self.scale_sets)
        if sum(bool(kind) for kind in kinds) != 1:
            raise ValueError("needs one of sourceTag, resultFile, executedValidation and scaleSets")
        upgrades = {"within": self.within, "failed": self.failed, "rolledBack": self.rolled_back}
        given = [key for key, value in upgrades.items() if value is not None]
        if given and not self.scale_sets:
            raise ValueError(f"has {' and '.join(given)}, which goes with scaleSets alone")
        return self


class Keep(Model):
    """Which versions are kept; one that is wanted by either stays."""

    versions: int | None = catalog_field(description="How many of the newest versions of the line (at least 1).")
    for_: Duration | None = catalog_field(
        alias="for", description="How long after its publication every version is kept (P90D)."
    )
    everywhere: int | None = catalog_field(
        description="How many of the newest stay in all of their regions; older ones that nobody uses keep their home "
        "region alone (default: all)."
    )

    @model_validator(mode="after")
    def _keeps_some(self) -> Self:
        if self.versions is None and self.for_ is None:
            raise ValueError("needs versions, for, or both")
        for name, number in (("versions", self.versions), ("everywhere", self.everywhere)):
            if number is not None and number < 1:
                raise ValueError(f"has a number of {name} below 1")
        return self


class RefreshPolicy(Model):
    """How definitions are brought up to date: named once, used by many."""

    number: Number = catalog_field(
        default=Number.model_construct(by="patch"), description="How a new version is numbered (default: patch)."
    )
    rings: TupleOf[Ring] = catalog_field(
        default=(), description="In which order regions are opened (default: all at once)."
    )
    gates: dict[str, Gate] = catalog_field(default={}, description="Tests that rings wait for, by name.")
    expose_by: Literal["replication", "exclusion"] = catalog_field(
        "replication",
        description="replication: a version is replicated to a region when that is opened. exclusion: it is replicated "
        "everywhere at once, and excluded from latest until then.",
    )
    keep: Keep | None = catalog_field(description="Which versions are kept (default: all).")

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        named = [name for ring in self.rings for name in ring.regions]
        if REST in named and (named.count(REST) > 1 or tuple(self.rings[-1].regions) != (REST,)):
            raise ValueError("has regions: rest elsewhere than alone in the last ring")
        unknown = sorted({gate for ring in self.rings for gate in ring.gates} - self.gates.keys())
        if unknown:
            raise ValueError(f"has rings with gates that it does not declare: {', '.join(unknown)}")
        if self.rings and self.rings[0].after is not None:
            raise ValueError("has after in its first ring, which no ring is before")
        first = self.rings[0].gates if self.rings else ()
        if late := [name for name in first if not (self.gates[name].source_tag or self.gates[name].result_file)]:
            raise ValueError(f"has a gate of versions, {late[0]}, before its first ring, where there is no version yet")
        return self


class NewestBy(TextOrModel):
    """What makes one source newer than another."""

    by: Literal["created", "name"] | None = catalog_field(
        description="created: the moment of creation. name: the numbers in the name, compared as numbers."
    )
    tag: str | None = catalog_field(description="Tag that holds a number such as 1.31.7.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.by is None) == (self.tag is None):
            raise ValueError("says nothing: write created, name or {tag: NAME}")
        return self


class Builds(Model):
    """Resources that a build leaves behind, of which the newest is taken."""

    subscription: str | None = catalog_field(description="Subscription (default: the gallery's).")
    resource_group: str = catalog_field(..., description="Resource group that they are in.")
    name: str | None = catalog_field(description="Pattern of their names, with * and ? (default: any).")
    tags: dict[str, str] = catalog_field(default={}, description="Tags that they have.")
    newest_by: NewestBy = catalog_field(
        default=NewestBy.model_construct(by="created"), description="What makes one newer (default: created)."
    )


class From(Model):
    """Where new versions come from."""

    managed_images: Builds | None = catalog_field(description="Managed images.")
    snapshots: Builds | None = catalog_field(description="Snapshots of operating system disks.")
    disks: Builds | None = catalog_field(description="Managed disks with an operating system.")
    definition: str | None = catalog_field(
        description="Another image definition, whose versions are copied: gallery/image, or its id."
    )
    packer_manifest: str | None = catalog_field(
        description="Manifest that Packer writes, beside the catalog; its last build with a managed image or a version."
    )

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        given = (self.managed_images, self.snapshots, self.disks, self.definition, self.packer_manifest)
        if sum(one is not None for one in given) != 1:
            raise ValueError("needs one of managedImages, snapshots, disks, definition and packerManifest")
        return self


class AfterImage(Model):
    """Another image that goes ahead."""

    image: str = catalog_field(..., description="gallery/image of this catalog, or image for one of the same gallery.")
    for_: Duration | None = catalog_field(
        alias="for", description="How long its version of the same number must have been open in all its regions."
    )


class Refresh(Model):
    """How one definition, or one line of its versions, is brought up to date."""

    line: str | None = catalog_field(description='Beginning of the numbers that it is about, such as "1.31".')
    policy: str = catalog_field(..., description="Name of one of the refreshPolicies.")
    from_: From = catalog_field(..., alias="from", description="What new versions are made from.")
    after: AfterImage | None = catalog_field(description="Another image whose version of the same number goes ahead.")
    expedite_by_tag: dict[str, str] | None = catalog_field(
        description="Tags of a source that skip the soak (after) of the rings, though no gate."
    )
