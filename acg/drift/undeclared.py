"""What is in Azure, in something that the catalog manages, and is not declared: it is declared, never removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from acg.adopt.defaults import Level, image_in, version_in
from acg.adopt.keys import Keys
from acg.adopt.nodes import Nodes
from acg.catalog.edit.model import put
from acg.catalog.models import ImageDefinition
from acg.desired.inherit import Inherited
from acg.desired.inputs import RegionNames
from acg.desired.names import address
from acg.desired.resource import Resource
from acg.desired.version import lower_regions
from acg.drift.model import Drift, DriftKind
from acg.drift.sides import Sides
from acg.path import Path
from acg.plan.classify.words import counted
from acg.plan.identity import Identity, Kind
from acg.plan.proposals.commands import import_commands
from acg.plan.state import kind_of

_MOST = 10
"""How many imports are printed one by one; `acg adopt` makes a file for more."""


class Undeclared:
    """Looks for what nobody declares."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.elsewhere = 0
        """How many galleries exist that have nothing to do with the catalog."""
        self._levels: dict[Path, Level] = {}
        self._of_others: dict[str, bool] = {}

    def drifts(self) -> Iterator[Drift]:
        """One for each thing that is not declared; what is in it is counted with it."""
        sides = self.sides
        for resource in sides.gone:
            parent = sides.before.parent(resource)
            if kind_of(resource) is Kind.GALLERY:
                self.elsewhere += 1
                continue
            declared = None if parent is None else sides.declared_as.get(parent.name)
            if declared is None or not declared.managed:
                continue  # in something undeclared, or in something that others manage
            match kind_of(resource):
                case Kind.DEFINITION:
                    yield self._definition(resource, declared)
                case Kind.VERSION:
                    yield self._version(resource, declared)
                case Kind.LOCK:
                    yield self._lock(resource, declared)
                case _:
                    continue

    def _definition(self, image: Resource, gallery: Resource) -> Drift:
        sides = self.sides
        one = sides.before.identity(image)
        path = (*gallery.path, "images", one.definition or "")
        node = self._nodes.image(image, gallery.inputs.get("location"))
        form = image_in(node, self._level(gallery.path))
        versions = [two for two in sides.before.children.get(image.name, ()) if kind_of(two) is Kind.VERSION]
        name = f"{gallery.name}/{address(one.definition or '')}"
        commands: list[str] = []
        if not form.get("existing"):
            commands += self._imported(image, name, gallery)
        for version in versions:
            number = sides.before.identity(version).version or ""
            if form.get("versions", {}).get(number, {}).get("publishedBy") is None:
                commands += self._imported(version, f"{name}/{address(number)}", gallery)
        inside = f", with {counted(len(versions), 'image version')} in it" if versions else ""
        return self._drift(image, one, f"exists and is not declared{inside}", path, form, commands)

    def _version(self, version: Resource, image: Resource) -> Drift:
        sides = self.sides
        one = sides.before.identity(version)
        nodes = self._nodes_of_others if self._is_of_others(image) else self._nodes
        form = version_in(nodes.version(version, self._location(image)), self._level(image.path))
        path = (*image.path, "versions", one.version or "")
        commands: list[str] = []
        if "publishedBy" not in form:
            commands += self._imported(version, f"{image.name}/{address(one.version or '')}", image)
        return self._drift(version, one, "exists and is not declared", path, form, commands)

    def _is_of_others(self, image: Resource) -> bool:
        """Whether others publish versions of a definition, so that one that nobody declares is theirs, too."""
        found = self._of_others.get(image.name)
        if found is None:
            declared = self.sides.after.declared(image)
            versions = declared.versions.values() if isinstance(declared, ImageDefinition) else ()
            found = self._of_others[image.name] = any(one.published_by == "external" for one in versions)
        return found

    def _lock(self, lock: Resource, gallery: Resource) -> Drift:
        level, notes = lock.inputs["level"], lock.inputs.get("notes")
        form = {"level": level, "notes": notes} if notes else level
        commands = self._imported(lock, f"{gallery.name}@lock", gallery)
        one = self.sides.before.identity(lock)
        return self._drift(lock, one, "exists and is not declared", (*gallery.path, "lock"), form, commands)

    def _drift(
        self, resource: Resource, one: Identity, summary: str, path: Path, form: Any, commands: list[str]
    ) -> Drift:
        sides = self.sides
        text = "Declare it as it is."
        if kind_of(resource) is not Kind.LOCK and not commands:
            text = "Declare it as something that others manage: nothing touches it."
        elif len(commands) > _MOST:
            text += " Import it with the file that `acg adopt` makes; its names are those of this catalog."
            commands = []
        elif commands:
            text += " Import it, too, or Pulumi would try to create it."
        proposal = sides.proposal(text, [put(path, form, "Azure has it.")], *commands)
        place = sides.after.at(path[:-2] if kind_of(resource) is not Kind.LOCK else path[:-1])
        return Drift(DriftKind.UNDECLARED, one, summary, place=place, proposal=proposal)

    def _imported(self, resource: Resource, name: str, above: Resource) -> list[str]:
        declared = replace(
            resource, name=name, subscription=above.subscription, protect=kind_of(resource) is not Kind.LOCK
        )
        return list(import_commands(declared, self.sides.before.identity(resource), self.sides.stack))

    def _location(self, image: Resource) -> Any:
        return image.inputs.get("location")

    # -- what is inherited -----------------------------------------------------------------------------------------

    @cached_property
    def _nodes(self) -> Nodes:
        return self._made(())

    @cached_property
    def _nodes_of_others(self) -> Nodes:
        return self._made(("*",))

    def _made(self, external: tuple[str, ...]) -> Nodes:
        facts = self.sides.snapshot.facts

        def unusable(resource: Resource) -> str | None:
            found = facts.get((resource.id or "").lower())
            state = None if found is None else found.provisioning_state
            return None if state in (None, "Succeeded") else f"It is {state}."

        before = self.sides.before
        return Nodes(before, Keys(before), addresses={}, external=external, unusable=unusable)

    def _level(self, path: Path) -> Level:
        """What a definition or version inherits that is added below a gallery or definition of the catalog."""
        if path not in self._levels:
            self._levels[path] = self._made_level(path)
        return self._levels[path]

    def _made_level(self, path: Path) -> Level:
        catalog = self.sides.catalog
        lowered = partial(lower_regions, regions=RegionNames(catalog))
        found = Inherited().below(catalog.defaults, lowered)
        gallery = catalog.galleries[str(path[1])]
        found = found.below(gallery.defaults, lowered)
        if len(path) > 2:
            found = found.below(gallery.images[str(path[3])].defaults, lowered)
        tags = {key: str(value) for key, value in (found.tags or {}).items()}
        return Level(found.target_regions, found.replica_count, found.storage_account_type, tags)
