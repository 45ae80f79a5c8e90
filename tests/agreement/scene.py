"""A catalog in the making, what is deployed beside it, and the changes that mutations make to them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acg.catalog.reader import read_catalog
from acg.desired.lower import Lowered, lower
from acg.desired.resource import Resource
from acg.rules.views.tokens import VIEWS, split_token
from acg_sandbox.arm import PLATFORM
from tests.agreement.sources import GROUP, Source, compute_id, sources

Json = dict[str, Any]
Edit = Callable[[Resource], None]


@dataclass
class Scene:
    """One example. ``gallery``, ``image`` and ``version`` are those of the catalog that mutations change."""

    home: str
    """Canonical name of the region that everything lives in."""
    catalog: Json
    gallery: Json
    image: Json
    version: Json
    source: Source
    before: list[Resource] = field(default_factory=list)
    """What a program declares beside the catalog and the catalog needs."""
    after: list[Resource] = field(default_factory=list)
    """What a program declares beside the catalog and needs it."""
    edits: list[Edit] = field(default_factory=list)
    """Changes of what the version lowers to, for what programs can say and catalogs can't."""
    mutations: list[str] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)
    """Refusals that no rule can foresee, by their names in the table of the embedded Azure's errors."""

    # -- names ---------------------------------------------------------------------------------------------------------

    @property
    def gallery_key(self) -> str:
        return next(key for key, one in self.catalog["galleries"].items() if one is self.gallery)

    @property
    def image_key(self) -> str:
        return next(key for key, one in self.gallery["images"].items() if one is self.image)

    @property
    def number(self) -> str:
        return next(key for key, one in self.image["versions"].items() if one is self.version)

    @property
    def image_name(self) -> str:
        return f"{self.gallery_key}/{self.image_key}"

    @property
    def version_name(self) -> str:
        return f"{self.image_name}/{self.number}"

    @property
    def image_id(self) -> str:
        name = self.gallery.get("name", self.gallery_key)
        return compute_id("galleries", f"{name}/images/{self.image_key}", group=self.gallery["resourceGroup"])

    @property
    def version_id(self) -> str:
        return f"{self.image_id}/versions/{self.number}"

    def rename_version(self, number: str) -> None:
        old, before = self.number, self.version_name
        self.image["versions"] = {number if key == old else key: one for key, one in self.image["versions"].items()}
        self._follow(before)

    def rename_image(self, name: str) -> None:
        old, before = self.image_key, self.version_name
        self.gallery["images"] = {name if key == old else key: one for key, one in self.gallery["images"].items()}
        self._follow(before)

    def _follow(self, before: str) -> None:
        """Let versions that are made from the renamed one find it again."""
        for one in self.image["versions"].values():
            if one.get("source", {}).get("version") == before:
                one["source"]["version"] = self.version_name

    # -- sources -------------------------------------------------------------------------------------------------------

    def use(self, name: str) -> None:
        """Make the version from one of the sources that exist, and its definition fit."""
        self.take(sources(self.home)[name])

    def alone(self, name: str) -> None:
        """As `use`, with no other definitions and versions in the gallery, and the usual replication."""
        self.use(name)
        self.gallery["images"] = {self.image_key: self.image}
        self.image["versions"] = {self.number: self.version}
        self.full()

    def take(self, source: Source) -> None:
        """Make the version from a source, and its definition fit."""
        self.source = source
        for key in ("source", "osDisk", "dataDisks"):
            self.version.pop(key, None)
        self.version |= copy.deepcopy(source.version)
        self.image["osType"] = source.os_type or "Linux"
        self.image["osState"] = source.os_state or "Generalized"
        self.image["hyperVGeneration"] = source.generation or "V2"
        self.image["architecture"] = source.architecture or "x64"
        for key in ("plan", "securityType", "features", "startsAtVersion"):
            self.image.pop(key, None)
        for target in self.version.get("targetRegions", ()):
            if isinstance(target, dict):
                target.pop("encryption", None)  # names the LUNs of another source
        if source.plan:
            self.image["plan"] = dict(source.plan)

    def name_subscription(self) -> None:
        """Say in the catalog which subscription it is deployed to, so that ids lead to what is declared."""
        for one in (*self.catalog["galleries"].values(), *self.catalog.get("resourceGroups", {}).values()):
            one.setdefault("subscription", PLATFORM)

    def declare(self, kind: str, name: str, *, after: bool = False, subscription: str = PLATFORM, **inputs: Any) -> str:
        """A resource that a program declares beside the catalog, in the catalog's region; its id."""
        self.name_subscription()
        view = VIEWS[f"azure-native:compute:{kind}"]
        given = {view.NAME: name, "resourceGroupName": GROUP, "location": self.home, **inputs}
        made = Resource(f"azure-native:compute:{kind}", f"{kind}-{name}", given, subscription=subscription)
        if after:
            made.depends_on = (self.version_name,)
        (self.after if after else self.before).append(made)
        return compute_id(view.ARM, name, subscription)

    # -- regions -------------------------------------------------------------------------------------------------------

    def targets(self, *more: Any, home: Json | None = None) -> list[Any]:
        """Replace the version's target regions: its own and others."""
        self.version["targetRegions"] = [{"name": self.home, **(home or {})}, *more]
        return self.version["targetRegions"]

    def full(self) -> None:
        """Back to the usual replication, so that a mutation about regions meets no other rule."""
        for key in ("replicationMode", "targetExtendedLocations", "storageAccountType", "replicaCount"):
            self.version.pop(key, None)

    # -- what comes of it ----------------------------------------------------------------------------------------------

    def edit(self, change: Callable[[Json], None], kind: str = "GalleryImageVersion", api: str | None = None) -> None:
        """Change the inputs of all resources of a type after lowering, and their API version."""

        def apply(resource: Resource) -> None:
            if split_token(resource.type)[0] == f"azure-native:compute:{kind}":
                change(resource.inputs)
                if api is not None:
                    resource.type = f"azure-native:compute/v{api.replace('-', '')}:{kind}"

        self.edits.append(apply)

    def text(self) -> str:
        """The catalog as a file; of all that YAML is, JSON leaves no doubt what is text."""
        return json.dumps(self.catalog, indent=2, ensure_ascii=False)

    def lower(self, folder: Path) -> tuple[Lowered, list[Resource]]:
        """The catalog, read from a file and lowered; and everything that is deployed, in order."""
        file = folder / "catalog.yaml"
        file.write_text(self.text(), encoding="utf-8")
        reading = read_catalog(str(file))
        reading.require()
        lowered = lower(reading)
        resources = [*self.before, *lowered.usable(), *self.after]
        for edit in self.edits:
            for resource in resources:
                edit(resource)
        return lowered, resources
