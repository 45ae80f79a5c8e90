"""The way out of each change that is refused: edits of the catalog, and commands where the catalog is not enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from acg.azure.version_number import VersionNumber
from acg.catalog.edit.model import Edit, put, remove
from acg.catalog.models import ImageDefinition
from acg.desired.resource import Resource
from acg.plan.classify.classify import Classified
from acg.plan.classify.coming import number_of
from acg.plan.classify.match import Pair
from acg.plan.classify.renames import key_of
from acg.plan.classify.words import counted
from acg.plan.identity import Kind
from acg.plan.model import Action, Change, Proposal
from acg.plan.proposals.as_before import as_before, own_sku
from acg.plan.proposals.catalog_form import declared_form, restored, with_short_regions
from acg.plan.proposals.copies import copied_version, copy_number, restoring, version_edit
from acg.plan.proposals.moved import copying, left_behind
from acg.plan.proposals.outside import adopted, released, unlocked
from acg.plan.proposals.snippets import snippets
from acg.plan.state import State, kind_of

_TEXTS: Final = {
    "region-removed": "Permit the removal in one pull request, deploy it, and remove the region in the next.",
    "region-removed-with-permission": "Keep the region in this pull request and remove it in the next.",
    "features-changed": "Add allowUpdateImage: true, with which Azure changes features.",
    "guarded-until-end-of-life": "Keep the version until its end of life, or lift blockDeletionBeforeEndOfLife first.",
    "has-children": "Delete what is in it first, or keep it.",
    "soft-deleted-versions": "Delete the versions first, and what holds them when their 7 days are over; or switch "
    "soft delete off in a pull request before.",
    "protected": "Keep it with retire: true in one pull request, deploy it, and remove it in the next.",
    "case-changed": "Write the name as it was.",
    "spelled-otherwise": "Write it as it was.",
    "zone-fixed": "Write it as it was. Or take the zone out in one pull request, and add it as wanted in the next.",
    "end-of-life-past": "Write a day that lies ahead into it (endOfLifeDate), or leave it as it was.",
    "region-removed-permission-withdrawn": "Keep the permission in this pull request, and withdraw it in the next.",
    "sharing-changed": "Write it as it was, and declare what is wanted beside it under another name.",
    "sharing-reset": "Keep it, run `az sig share reset`, and write it in the next pull request: then it is no change.",
    "number-in-bin": "Restore what was deleted; for other content take another number.",
    "identifier-taken": "Give it a SKU of its own; or declare it in the pull request after the one that removes the "
    "other.",
    "left-out": "Write it as it was; then nothing changes.",
    "end-of-life-removed": "Write another date in place of none; that is an update.",
}
"""What to do about a reason, where the words need nothing of the resource."""

NEW_VERSION_FIELDS: Final = frozenset(
    {"storage-type-changed", "encryption-changed", "replication-mode-changed", "source-changed"}
)
_REGIONS: Final = frozenset({"region-removed", "region-removed-with-permission"})
_DEFINITION_FIELDS: Final = {"purchasePlan": "plan"}


def with_proposals(
    found: Classified, before: State, after: State, today: date, stack: str | None = None
) -> list[Change]:
    """The changes of two states, the refused ones with what to do about them; commands are for a stack."""
    proposals = _Proposals(found, before, after, today, stack)
    return [one._replace(proposal=proposals.of(one)) if _needs_one(one) else one for one in found.changes]


def _needs_one(one: Change) -> bool:
    return one.refused or one.action in (Action.UNDECIDED, Action.REPLACE)


class _Proposals:
    def __init__(self, found: Classified, before: State, after: State, today: date, stack: str | None) -> None:
        self.found = found
        self.stack = stack
        self.before = before
        self.after = after
        self.today = today
        self.locks = found.locks
        self.pairs = {pair.after.name: pair for pair in found.matched.pairs}
        self.reasons: dict[str, set[str]] = {}
        for one in found.changes:
            self.reasons.setdefault(one.resource.name, set()).add(one.reason)
        self._made: dict[str, Proposal] = {}
        self._taken: dict[str, set[VersionNumber]] = {}

    def of(self, one: Change) -> Proposal | None:
        """The way out of a change; None if there is none to name."""
        pair = self.pairs.get(one.resource.name)
        if one.reason in NEW_VERSION_FIELDS and pair is not None:
            return self._once(one, lambda: self._new_version(one, pair))
        if one.reason in _REGIONS and pair is not None:
            return self._region_left(one, pair)
        match one.reason:
            case "definition-fixed":
                return self._once(one, lambda: self._new_definition(one, pair))
            case "features-changed":
                path = (*self.after.by_name[one.resource.name].path, "allowUpdateImage")
                return self._proposal(_TEXTS[one.reason], [put(path, True)])
            case "key-changed":
                return self._renamed(one, pair)
            case "adopted":
                return self._adopted(one, pair)
            case "released" | "group-in-use":
                return self._released(one, pair)
            case "moved":
                return self._moved(one)
            case "locked":
                return unlocked(one, self.locks, self.before, self.after)
            case "end-of-life-past" | "zone-fixed" | "region-removed-permission-withdrawn" if pair is not None:
                return self._proposal(_TEXTS[one.reason], as_before(one.reason, pair, self.after))
            case "number-in-bin":
                path = (*self.after.by_name[one.resource.name].path, "restore")
                return self._proposal(_TEXTS[one.reason], [put(path, True)])
            case "identifier-taken":
                new, there = self.after.by_name[one.resource.name], (*self.before.resources, *self.after.resources)
                return self._proposal(_TEXTS[one.reason], [own_sku(new, there)])
            case "sharing-changed" if pair is not None:
                private = one.inputs[0].after == "Private"
                text = _TEXTS["sharing-reset" if private else one.reason]
                return self._proposal(text, as_before(one.reason, pair, self.after))
            case "location-changed" | "group-changed" | "sharing-undecided":
                return self._replaced(one, pair)
            case _:
                return self._other(one)

    def _once(self, one: Change, make: Callable[[], Proposal | None]) -> Proposal | None:
        """One proposal for all changes of a resource that it answers."""
        if one.resource.name not in self._made:
            made = make()
            if made is None:
                return None
            self._made[one.resource.name] = made
        return self._made[one.resource.name]

    def _proposal(self, text: str, edits: list[Edit], commands: tuple[str, ...] = ()) -> Proposal:
        edits = [edit._replace(value=with_short_regions(edit.value)) for edit in edits]
        return Proposal(text, tuple(edits), tuple(snippets(edits, self.after.at)), commands)

    # -- versions ------------------------------------------------------------------------------------------------------

    def _new_version(self, one: Change, pair: Pair) -> Proposal | None:
        reasons = self.reasons[one.resource.name] & (NEW_VERSION_FIELDS | _REGIONS)
        restore = restoring(pair, self.after, reasons)
        number = number_of(one.resource)
        image = self.after.parent(pair.after)
        if restore is None or number is None or image is None:
            return self._proposal(f"Restore {one.resource.version} and publish what was wanted under a new number.", [])
        taken = self._taken.setdefault(image.name, self._numbers(image))
        copy = copy_number(number, taken)
        node = copied_version(pair, self.after, reasons & NEW_VERSION_FIELDS, copy, self.today) if copy else None
        if copy is None or node is None:
            return self._proposal(f"Restore {number} and publish what was wanted under a new number.", restore)
        taken.add(copy.number)
        higher = min((one for one in taken if one > copy.number), default=None)
        order = (
            "excluded from latest, for versions with newer content are below it"
            if copy.excluded
            else "the next number"
            if higher is None
            else f"below {higher}, so that old content does not become latest"
        )
        what = "what was wanted" if "source-changed" in reasons else "a copy"
        text = f"Restore {number} and publish {what} as {copy.number}, {order}."
        return self._proposal(text, [*restore, version_edit(image, copy, node)])

    def _region_left(self, one: Change, pair: Pair) -> Proposal:
        reasons = self.reasons[one.resource.name] & (_REGIONS | NEW_VERSION_FIELDS)
        made = self._proposal(_TEXTS[one.reason], restoring(pair, self.after, reasons) or [])
        if reasons & NEW_VERSION_FIELDS:
            # What restores the regions is shown once, where the new version is proposed.
            also = " and permits its removal" if one.reason == "region-removed" else ""
            text = f"{made.text} The edit above that restores {one.resource.version} keeps the region{also}."
            return made._replace(text=text, snippets=())
        return made

    def _numbers(self, image: Resource) -> set[VersionNumber]:
        """Numbers of a definition that are or were taken, on either side."""
        names = self.after.azure(image).names
        return {
            number
            for state in (self.before, self.after)
            for one in state.resources
            if kind_of(one) is Kind.VERSION and state.azure(one).names[:2] == names
            if (number := number_of(state.identity(one))) is not None
        }

    # -- definitions and galleries -------------------------------------------------------------------------------------

    def _new_definition(self, one: Change, pair: Pair | None) -> Proposal | None:
        if pair is None:
            return None
        declared = self.after.declared(pair.after)
        below = len(self.before.children.get(pair.before.name, ()))
        text = (
            f"Restore {one.resource.title}, with {counted(below, 'version')} below it, and declare a new definition "
            "beside it."
        )
        if not below:
            fields = {str(change.path[0]) for change in _inputs_of(one)}
            then = "change it in the next" if fields <= {*pair.after.replaced_for} else "remove it, and declare it anew"
            text = (
                f"{one.resource.title} has no versions, so it can be replaced: restore it with retire: true in one "
                f"pull request, deploy that, and {then}. Or declare a new definition beside it."
            )
        whole = declared_form(declared) if isinstance(declared, ImageDefinition) else None
        if whole is None or not isinstance(declared, ImageDefinition):
            return self._proposal(text, [])
        fields = {str(change.path[0]) for change in _inputs_of(one)}
        old = {_DEFINITION_FIELDS.get(name, name): pair.before.inputs.get(name) for name in sorted(fields)}
        if "hyperVGeneration" in pair.after.defaulted:  # it follows from the security type
            named = pair.before.inputs.get("features") or ()
            old["securityType"] = next((one["value"] for one in named if one["name"] == "SecurityType"), None)
        name = self._free_name(pair.after)
        node: dict[str, Any] = {
            key: value for key, value in whole.items() if key not in ("versions", "retire", "formerly")
        }
        if "identifier" not in fields:
            node["identifier"] = {**node["identifier"], "sku": f"{node['identifier']['sku']}-{name.rsplit('-', 1)[-1]}"}
        edits = restored(pair.after.path, declared, old, "Azure fixed it when the definition was created.")
        return self._proposal(text, [*edits, put((*pair.after.path[:-1], name), node)])

    def _free_name(self, image: Resource) -> str:
        key, gallery = str(image.path[-1]), self.after.parent(image)
        images = self.after.children.get(gallery.name if gallery else "", ())
        taken = {str(one.path[-1]).lower() for one in images if one.path}
        return next(name for number in range(2, 1_000) if (name := f"{key}-{number}").lower() not in taken)

    def _renamed(self, one: Change, pair: Pair | None) -> Proposal | None:
        if pair is None or not pair.after.path:
            return None
        named = {Kind.GALLERY: one.resource.gallery, Kind.LAB_PLAN: one.resource.other}
        name = named.get(one.resource.kind, one.resource.resource_group)
        edits = [put((*pair.after.path, "name"), name), put((*pair.after.path, "formerly"), key_of(pair.before))]
        return self._proposal("Name the old key, and Pulumi knows that it is the same resource.", edits)

    def _replaced(self, one: Change, pair: Pair | None) -> Proposal | None:
        text = "Write it as it was, and declare what is wanted beside it under another name."
        if pair is None or not pair.after.path or one.resource.kind is Kind.RESOURCE_GROUP:
            return self._proposal(text, [])
        edits: list[Edit] = []
        for change in one.inputs:
            old = pair.before.inputs.get(str(change.path[0]))
            if change.path[0] == "location" and isinstance(old, str):
                edits.append(put((*pair.after.path, "location"), old))
            if change.path[0] == "resourceGroupName" and isinstance(old, str):
                edits.append(put((*pair.after.path, "resourceGroup"), self._group_key(old)))
        return self._proposal(text, edits)

    def _group_key(self, name: str) -> str:
        """The key of a resource group that the catalog creates; otherwise its name."""
        groups = self.after.catalog.resource_groups if self.after.catalog else {}
        return next((key for key, group in groups.items() if (group.name or key).lower() == name.lower()), name)

    # -- what exists outside -------------------------------------------------------------------------------------------

    def _adopted(self, one: Change, pair: Pair | None) -> Proposal:
        return adopted(pair.after if pair else self.after.by_name[one.resource.name], one.resource, self.stack)

    def _released(self, one: Change, pair: Pair | None) -> Proposal:
        return released(pair.before if pair else self.before.by_name[one.resource.name], self.before, self.stack)

    def _moved(self, one: Change) -> Proposal:
        text = (
            f"Keep {one.resource.definition} where it was and publish copies of its versions here. Retire the old "
            "ones when nobody refers to them."
        )
        old = left_behind(one.resource, self.found.matched.gone, self.before)
        new = self.after.by_name[one.resource.name]
        return self._proposal(text, copying(old, new, self.before, self.after) if old else [])

    def _other(self, one: Change) -> Proposal | None:
        text = _TEXTS.get(one.reason)
        if text is None:
            return None
        edits: list[Edit] = []
        if one.reason == "spelled-otherwise" and (pair := self.pairs.get(one.resource.name)):
            edits = restoring(pair, self.after, {"source-changed"}) or []
        if one.reason == "protected":
            parent = self.before.parent(self.before.by_name[one.resource.name])
            if parent is not None and "protected" in self.reasons.get(parent.name, ()):
                return self._proposal(f"What keeps {self.before.identity(parent).title} keeps it, too.", [])
            edits = self._put_back(one)
        if one.reason == "case-changed" and (pair := self.pairs.get(one.resource.name)) and pair.before.path:
            node = self.after.declared(pair.after)
            form = declared_form(node) if node is not None else None
            if form is not None and pair.before.path[:-1] == pair.after.path[:-1]:
                edits = [remove(pair.after.path), put(pair.before.path, form)]
        return self._proposal(text, edits)

    def _put_back(self, one: Change) -> list[Edit]:
        """The edit that keeps what was removed, with retire: true."""
        resource = self.before.by_name[one.resource.name]
        node = self.before.declared(resource)
        form = declared_form(node) if node is not None else None
        return [] if form is None else [put(resource.path, {**form, "retire": True})]


def _inputs_of(one: Change) -> Iterator[Any]:
    yield from one.inputs
