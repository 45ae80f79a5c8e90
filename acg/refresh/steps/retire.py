"""Retirement, in three steps over several merges: excluded with an end of life, without protection, gone.

Nothing is retired that is wanted, used or latest, nor what nobody can say that of. The same holds for what is reduced
to its home region, in two steps.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, timedelta
from typing import Final

from acg.catalog.edit.model import Edit, put, remove
from acg.desired.dates import after, parse_day
from acg.desired.refresh.lines import in_line
from acg.desired.resource import Resource
from acg.refresh.azure import ObservedImage, ObservedVersion
from acg.refresh.context import Context
from acg.refresh.declared import Line, Version
from acg.refresh.model import Action, Cause, Decision, Waiting
from acg.refresh.references import source_keys
from acg.refresh.steps.numbers import highest
from acg.refresh.steps.publish import held, highest_edit, listing, target_form
from acg.state.observed.coverage import Part

NOTICE: Final = timedelta(days=7)
"""From the exclusion to the end of life: Azure takes only days to come, and a review needs some.

Source: https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images
"""

PERMISSION: Final = ("safetyProfile", "allowDeletionOfReplicatedLocations")
"""What a version must say, deployed, before a region of it can be removed."""


def retire(line: Line, context: Context, used: frozenset[str]) -> Iterator[Decision | Waiting]:
    """The next step of each version that is wanted no more, lowest number first.

    Args:
        line: The line.
        context: What is known.
        used: What versions of the catalog are made from, by `source_keys`.
    """
    keep = line.policy.keep
    if keep is None:
        return
    observed = context.azure.image(line.image.where)
    wanted = _newest(line, keep.versions or 0, observed)
    everywhere = line.versions if keep.everywhere is None else _newest(line, keep.everywhere, observed)
    for version in reversed(line.versions):
        if version.is_external or _is_last(line, version):
            continue
        old = _Retirement(line, version, observed, context, used)
        if old.is_claimed():
            continue
        if version not in wanted and not old.is_younger(keep.for_):
            yield old.unless_blocked(old.step())
        elif version not in everywhere and (step := old.reduction()) is not None:
            yield old.unless_blocked(step)


def _newest(line: Line, count: int, observed: ObservedImage) -> list[Version]:
    """The newest versions, as many as are kept of those that exist and can be booted, and what is above them."""
    found: list[Version] = []
    for version in line.versions:
        if count == 0:
            break
        found.append(version)
        count -= version.model.revoked is None and version.number in observed.versions
    return found


def _is_last(line: Line, version: Version) -> bool:
    """Whether it is latest in a region, or a region has no other version that can be booted there."""
    for region in (*version.targets, *version.open_in):
        latest = line.latest_in(region)
        if latest is None or latest is version:
            return True
    return False


class _Retirement:
    def __init__(
        self, line: Line, version: Version, observed: ObservedImage, context: Context, used: frozenset[str]
    ) -> None:
        self.line = line
        self.version = version
        self.observed = observed
        self.seen = observed.versions.get(version.number)
        self.context = context
        self.used = used
        self.title = line.image.title

    def waiting(self, cause: Cause, what: str, until: date | None = None) -> Waiting:
        return Waiting(cause, self.title, self.version.key, what, until=until, line=self.line.name)

    def is_claimed(self) -> bool:
        """Whether people want it, or another version is made from it."""
        said = self.version.model.keep
        if said is not None and (until := parse_day(said.until)) is not None and until >= self.context.today:
            return True
        names = f"{self.line.image.where.gallery}/{self.line.image.where.image}/{self.version.key}".lower()
        return names in self.used

    def is_younger(self, period: str | None) -> bool:
        """Whether it has not been there for a period yet, or nobody knows since when."""
        if period is None:
            return False
        published = self.version.published_on
        if published is None and self.seen is not None and self.seen.facts.created_at is not None:
            published = self.seen.facts.created_at.date()
        ends = after(published, period) if published is not None else None
        return ends is None or ends >= self.context.today

    def unless_blocked(self, step: Decision | Waiting) -> Decision | Waiting:
        """A step, or what it waits for."""
        blocked = next(self._blocks(), None)
        if blocked is None:
            return step
        return blocked if isinstance(step, Waiting) else blocked._replace(id=step.id)

    # -- what stands in the way ----------------------------------------------------------------------------------------

    def _blocks(self) -> Iterator[Waiting]:
        yield from held(self.line, self.context.today, self.version.key)
        snapshot = self.context.azure.snapshot
        if snapshot is None or self.observed.unknown is not None or self.observed.id is None:
            why = self.observed.unknown or "does not exist"
            yield self.waiting(Cause.UNKNOWN, f"the list of versions, which {why}")
            return
        if self.seen is None:
            yield self.waiting(Cause.DEPLOYMENT, "its deployment")
            return
        yield from self._still_latest(self.seen)
        if locks := snapshot.locks_on(self.seen.id):
            yield self.waiting(Cause.LOCKED, f"a lock: {locks[0].id.rpartition('/')[2]} ({locks[0].level})")
        if (why := snapshot.coverage.why_unknown(Part.LOCKS, self.seen.id)) is not None:
            yield self.waiting(Cause.UNKNOWN, f"the locks, which nobody knows: reading them {why}")
        if number := self.context.azure.users_of(self.observed.id, self.version.number):
            yield self.waiting(Cause.IN_USE, f"{number:,} that use{'s' if number == 1 else ''} it")
        for why in self.context.azure.why_use_is_unknown(self.seen.id)[:1]:
            yield self.waiting(Cause.UNKNOWN, f"certainty that nobody uses it: {why.rstrip('.')}")

    def _still_latest(self, seen: ObservedVersion) -> Iterator[Waiting]:
        """What the catalog has overtaken can be the last version of a region until that is deployed."""
        within = [one for one in self.observed.versions if in_line(one, self.line.name)]
        for region in sorted(seen.regions):
            if self.observed.latest_in(region, within) in (None, seen.number):
                yield self.waiting(Cause.DEPLOYMENT, f"the deployment of a later version in {region}")

    # -- steps ---------------------------------------------------------------------------------------------------------

    def step(self) -> Decision | Waiting:
        """The next of its retirement."""
        model = self.version.model
        if model.retire:
            return self._removal()
        ends = parse_day((model.end_of_life_date or "")[:10])
        if self.version.open_in or ends is None or ends > self.context.today + NOTICE:
            return self._exclusion()
        if ends >= self.context.today:
            return self.waiting(Cause.SOAK, "its end of life", ends + timedelta(days=1))
        if self.seen is not None and self.seen.open_in:
            return self.waiting(Cause.DEPLOYMENT, "the deployment of its exclusion")
        return self._decision(
            Action.RETIRE,
            "loses its protection",
            f"its end of life was on {ends}, and nobody uses it",
            [put((*self.version.path, "retire"), True)],
        )

    def _exclusion(self) -> Decision:
        path = self.version.path
        ends = self.context.today + NOTICE
        edits: list[Edit] = []
        if self.version.open_in:
            edits.append(put((*path, "excludeFromLatest"), True))
            for index, region in enumerate(self.version.model.target_regions or ()):
                if region.exclude_from_latest is False:
                    edits.append(put((*path, "targetRegions", index, "excludeFromLatest"), True))
        edits.append(put((*path, "endOfLifeDate"), ends.isoformat()))
        return self._decision(Action.EXCLUDE, f"excluded from latest, end of life {ends}", self._why(), edits)

    def _removal(self) -> Decision | Waiting:
        deployed = self.context.deployed_retired
        if deployed is None or f"{self.title}/{self.version.key}" not in deployed:
            return self.waiting(Cause.DEPLOYMENT, "the deployment of retire: true")
        edits = [remove(self.version.path)]
        top = highest(self.line, self.observed, self.context.azure)
        said = self.line.image.model.highest
        if top is not None and said is None:
            edits.append(highest_edit(self.line, top))
        why = "the deployed catalog retires it, and nobody uses it"
        return self._decision(Action.REMOVE, "removed: the next deployment deletes it", why, edits)

    def reduction(self) -> Decision | Waiting | None:
        """The next step towards its home region alone; None: it is there.

        Azure keeps regions unless the deployed version permits their removal, and no source says that it takes
        permission and removal in one request: plans refuse that, too.
        """
        home = self.line.image.names[str(self.version.resource.inputs["location"])]
        lost = tuple(one for one in self.version.targets if one != home)
        if not lost or self.version.is_gone:
            return None
        if not _may_be_reduced(self.version.resource):
            why = f"{self._why_reduced()}; Azure takes no region away without this"
            edits = [put((*self.version.path, *PERMISSION), True)]
            return self._decision(Action.REDUCE, "may leave regions", why, edits)
        if self.seen is not None and not _may_be_reduced(self.seen.resource):
            return self.waiting(Cause.DEPLOYMENT, f"the deployment of {PERMISSION[1]}: true")
        edits = list(self._without(lost, home))
        what = f"leaves {listing(lost)}, stays in {home}"
        return self._decision(Action.REDUCE, what, self._why_reduced(), edits)._replace(regions=lost)

    def _without(self, lost: Container[str], home: str) -> Iterator[Edit]:
        path, listed = (*self.version.path, "targetRegions"), self.version.model.target_regions
        if listed is None:
            yield put(path, [target_form(self.line.image, home)])
        names = [self.line.image.names[region.name] for region in listed or ()]
        yield from (remove((*path, index)) for index, name in reversed([*enumerate(names)]) if name in lost)
        for region in self.version.model.promoted or ():
            if self.line.image.names[region] in lost:
                yield remove((*self.version.path, "promoted", region))

    def _why_reduced(self) -> str:
        keep = self.line.policy.keep
        return f"not among the newest {keep.everywhere if keep else 0}, latest nowhere, used by nobody"

    def _why(self) -> str:
        keep = self.line.policy.keep
        rules = [
            f"not among the newest {keep.versions}" if keep and keep.versions else "",
            f"older than {keep.for_}" if keep and keep.for_ else "",
        ]
        return f"{' and '.join(rule for rule in rules if rule)}, latest nowhere, used by nobody"

    def _decision(self, action: Action, what: str, why: str, edits: list[Edit]) -> Decision:
        explained = tuple(edit._replace(why=why) for edit in edits)
        return Decision(action, self.title, self.version.key, what, why, explained, self.line.name)


def _may_be_reduced(version: Resource) -> bool:
    """Whether a version permits the removal of regions, as it is declared or as it exists."""
    section, key = PERMISSION
    return (version.inputs.get(section) or {}).get(key) is True


def used_sources(context: Context) -> frozenset[str]:
    """What versions are made from: those of the catalog, and those that exist, be they taken out of it or not."""
    declared = context.declared
    texts = [text for path in declared.below for version in declared.versions(path) for text in version.sources()]
    texts += context.azure.sources_of_versions()
    return frozenset(key for text in texts for key in source_keys(text, declared))
