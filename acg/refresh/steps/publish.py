"""New versions: from the newest source that fits, under the next number, in the first ring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from acg.azure.dates import written
from acg.azure.version_number import VersionNumber
from acg.catalog.edit.model import Edit, put
from acg.desired.dates import after, parse_day
from acg.desired.refresh.lines import in_line
from acg.path import Path
from acg.refresh.azure import ObservedImage
from acg.refresh.context import Context
from acg.refresh.declared import Image, Line
from acg.refresh.fit import given_number, misfits
from acg.refresh.model import Action, Cause, Decision, Origin, Waiting
from acg.refresh.sources import Unknown, find, newer
from acg.refresh.steps.gates import Outcome, Subject, judge
from acg.refresh.steps.numbers import highest, next_number
from acg.refresh.steps.rings import source_expedites, taken_until
from acg.state.observed import Source, SourceKind

_TELLING: Final = re.compile(r"[A-Za-z0-9_.:/@+#()-][A-Za-z0-9_.:/@+#() -]{0,99}")
"""Tags that are written into the catalog: whoever can tag a build must not be able to make the catalog unreadable."""
_DISK_KEYS: Final = {SourceKind.DISK: "disk", SourceKind.SNAPSHOT: "snapshot"}


def publish(line: Line, context: Context) -> Iterator[Decision | Waiting]:
    """The new version of a line, or what it waits for; nothing where the newest source is in use already."""
    publishing = _Publishing(line, context)
    chosen, unfit = publishing.choose()
    yield from unfit
    if isinstance(chosen, Waiting):
        yield chosen
    elif chosen is not None:
        yield publishing.decide(*chosen)


class _Publishing:
    def __init__(self, line: Line, context: Context) -> None:
        self.line = line
        self.image = line.image
        self.context = context
        self.observed = context.azure.image(line.image.where)
        self.top = highest(line, self.observed, context.azure)

    def waiting(self, cause: Cause, what: str, **more: Any) -> Waiting:
        more.setdefault("version", None)
        return Waiting(cause, self.image.title, what=what, line=self.line.name, **more)

    def choose(self) -> tuple[tuple[Source, VersionNumber] | Waiting | None, list[Waiting]]:
        """The source of the next version with its number, and which newer ones do not fit."""
        files = dict(self.context.files)
        found = find(self.line, self.context.declared, self.context.azure, files)
        if isinstance(found, Unknown):
            return self.waiting(found.cause, found.why), []
        fresh = newer(self.line, found, self.context.declared, self.context.azure)
        if isinstance(fresh, Unknown):
            return self.waiting(fresh.cause, fresh.why), []
        passed_over = [
            self.waiting(Cause.UNKNOWN, f"an order of {one.name}: it {why}") for one, why in found.passed_over[-1:]
        ]
        unfit: list[Waiting] = []
        for source in reversed(fresh):
            reasons = list(misfits(source, self.image))
            if not reasons:
                return self._numbered(source), [*unfit, *passed_over]
            cause = Cause.UNFIT if any(one is Cause.UNFIT for one, _ in reasons) else Cause.UNKNOWN
            if not unfit:
                unfit = [
                    self.waiting(cause, f"a source that fits: {source.name}, {', '.join(why for _, why in reasons)}")
                ]
        return None, [*unfit, *passed_over]

    def _numbered(self, source: Source) -> tuple[Source, VersionNumber] | Waiting:
        if self.observed.unknown is not None:
            return self.waiting(Cause.UNKNOWN, f"the list of its versions, which {self.observed.unknown}")
        if (why := self.context.azure.why_bin_unknown(self.observed)) is not None:
            what = f"the numbers in the gallery's bin, which can never be used again: reading it {why}"
            return self.waiting(Cause.UNKNOWN, what)
        if self.line.policy.number.is_given:
            number = given_number(source, self.line)
            if isinstance(number, VersionNumber) and self.top is not None and number <= self.top:
                number = f"{number} is not above {self.top}, the highest so far"
        else:
            number = next_number(self.line, self.top, self.context.today)
        if isinstance(number, str):
            return self.waiting(Cause.NUMBER, f"a number for {source.name}: {number}")
        return source, number

    def decide(self, source: Source, number: VersionNumber) -> Decision | Waiting:
        decision = self._decision(source, number)
        blocked = next(self._blocks(source, number), None)
        return decision if blocked is None else blocked._replace(version=str(number), id=decision.id)

    def _blocks(self, source: Source, number: VersionNumber) -> Iterator[Waiting]:
        """What a new version waits for, most lasting first."""
        today = self.context.today
        if strangers := self._strangers():
            names = ", ".join(str(one) for one in strangers[:3])
            yield self.waiting(Cause.FOREIGN, f"a line of its own: others published {names}, which the catalog lacks")
        yield from held(self.line, today)
        gone = self.image.model.deprecated
        if gone is not None and (since := parse_day(gone.since)) is not None and since <= today:
            instead = f"; {gone.replacement} replaces it" if gone.replacement else ""
            yield self.waiting(Cause.DEPRECATED, f"nothing: it is deprecated{instead}", since=since)
        yield from self._ahead(number)
        subject = Subject(f"{self.image.title}/{number}", number, source, self.observed, (source.id,))
        ring = self.line.rings[0].ring
        for one in judge(ring.gates, self.line.policy.gates, subject, self.context.azure, self.context.files, today):
            if one.outcome is not Outcome.PASSED:
                since = source.created_at.date() if source.created_at else None
                yield self.waiting(Cause.GATE, str(one), since=since)
        if self.image.title not in self.context.expedited and not source_expedites(self.line, source):
            taken = taken_until(self.line, 0, self.context) if len(self.line.rings) > 1 else None
            if taken is not None:
                yield self.waiting(Cause.QUEUE, f"{taken[0].key}, which soaks in the first ring", until=taken[1])

    def _strangers(self) -> list[VersionNumber]:
        """Versions that exist above all that the catalog knows of: nobody but others can have published them."""
        known = highest(self.line, ObservedImage(None, (), None), self.context.azure)
        return sorted(
            one
            for one in self.observed.versions
            if in_line(one, self.line.name) and one not in self.line.numbers and (known is None or one > known)
        )

    def _ahead(self, number: VersionNumber) -> Iterator[Waiting]:
        wanted = self.line.refresh.after
        if wanted is None:
            return
        gallery, _, name = wanted.image.rpartition("/")
        path: Path = ("galleries", gallery or str(self.image.path[1]), "images", name)
        others = {one.number: one for one in self.context.declared.versions(path)}
        other = others.get(number)
        if other is None or other.is_gone:
            yield self.waiting(Cause.AHEAD, f"{number} of {wanted.image}, which goes first")
            return
        lines = self.context.declared.lines_at(path)
        regions = lines[0].image.regions if lines else other.targets
        days = other.promoted
        if days is None:
            opened = other.published_on
        else:
            opened = max(days.values(), default=None) if set(regions) <= days.keys() else None
        due = opened if opened is None or wanted.for_ is None else after(opened, wanted.for_)
        where = self.context.declared.where(path)
        if due is None:
            yield self.waiting(Cause.AHEAD, f"{number} of {wanted.image} to be open in all its regions")
        elif where is None or number not in self.context.azure.image(where).versions:
            yield self.waiting(Cause.DEPLOYMENT, f"the deployment of {number} of {wanted.image}, which goes first")
        elif self.context.today < due:
            yield self.waiting(Cause.SOAK, f"{number} of {wanted.image}, which goes first", until=due)

    # -- the edit ------------------------------------------------------------------------------------------------------

    def _decision(self, source: Source, number: VersionNumber) -> Decision:
        ring = self.line.rings[0]
        tags = {key.lower(): value for key, value in source.tags.items() if _TELLING.fullmatch(value)}
        origin = Origin(self._reference(source), source.name, tags.get("build"), tags.get("commit"))
        kept = [one for one in self.image.regions if one not in ring.regions]
        where = f"latest in {listing(ring.regions)}{' only' if kept else ''}"
        why = "newest source, fits the definition, number never used"
        gates = f"; {'; '.join(f'gate {name} passed' for name in ring.ring.gates)}" if ring.ring.gates else ""
        notes = [f"{listing(self.line.unringed)} is in no ring and never opened."] if self.line.unringed else []
        return Decision(
            Action.PUBLISH,
            self.image.title,
            str(number),
            where,
            why + gates,
            tuple(self._edits(source, number, origin, why)),
            self.line.name,
            origin,
            ring.regions,
            tuple(notes),
        )

    def _edits(self, source: Source, number: VersionNumber, origin: Origin, why: str) -> Iterable[Edit]:
        yield put((*self.image.path, "versions", str(number)), self._node(source, origin), why)
        yield highest_edit(self.line, number)

    def _node(self, source: Source, origin: Origin) -> dict[str, Any]:
        """The new version, with all that it inherits spelled out: later edits of defaults are not for it."""
        image, today = self.image, self.context.today
        disk = _DISK_KEYS.get(source.kind)
        key = "version" if source.kind is SourceKind.VERSION else "managedImage"
        made = {"osDisk": {disk: origin.id}} if disk else {"source": {key: origin.id}}
        ring = self.line.rings[0]  # of all regions, if the policy has no rings
        regions = image.regions if self.line.policy.expose_by == "exclusion" else ring.regions
        end = image.below.end_of_life_after
        ends = after(today, end) if end is not None else None
        provenance = {
            "build": origin.build,
            "commit": origin.commit,
            "created": written(source.created_at) if source.created_at else None,
        }
        node: dict[str, Any] = {
            "location": image.location,
            **made,
            "targetRegions": [target_form(image, region) for region in regions] or None,
            "replicaCount": image.below.replica_count,
            "storageAccountType": image.below.storage_account_type,
            "endOfLifeDate": ends.isoformat() if ends else None,
            "publishedOn": today.isoformat(),
            "promoted": {region: today.isoformat() for region in ring.regions} if self.line.policy.rings else None,
            "provenance": {key: value for key, value in provenance.items() if value is not None} or None,
        }
        return {key: value for key, value in node.items() if value is not None}

    def _reference(self, source: Source) -> str:
        """A version of this catalog by its address, all else by its id."""
        text = self.line.refresh.from_.definition
        if source.kind is not SourceKind.VERSION or text is None or text.startswith("/"):
            return source.id
        key, _, name = text.partition("/")
        gallery = self.context.declared.catalog.galleries.get(key)
        image = gallery.images.get(name) if gallery else None
        return f"{text}/{source.name}" if image is not None and source.name in image.versions else source.id


def held(line: Line, today: date, version: str | None = None) -> Iterator[Waiting]:
    """The holds that are in force."""
    for hold in line.image.holds:
        until = parse_day(hold.until)
        if until is not None and until >= today:
            yield Waiting(Cause.HELD, line.image.title, version, hold.reason, until=until, line=line.name)


def highest_edit(line: Line, number: VersionNumber) -> Edit:
    """Write down that a number was used."""
    path: Path = (*line.image.path, "highest")
    path = path if line.name is None else (*path, line.name)
    return put(path, str(number), "The number is never used again.", beside="refresh")


def target_form(image: Image, region: str) -> Any:
    """A target region as a catalog has it: what is lowered has the same keys, and a name alone is plain text."""
    target = image.targets.get(region, {"name": region})
    return region if target.keys() == {"name"} else dict(target)


def listing(names: Iterable[str]) -> str:
    """Names as a sentence has them."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
