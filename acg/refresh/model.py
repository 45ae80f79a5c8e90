"""What a refresh comes to: edits with their reasons, and what waits for what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from acg.catalog.edit.model import Edit


class Action(StrEnum):
    """What is done with a version."""

    PUBLISH = "publish"
    """A new version is declared."""
    PROMOTE = "promote"
    """It is opened in further regions."""
    REDUCE = "reduce"
    """It is to leave all regions but its home region: first the permission, then the regions."""
    EXCLUDE = "exclude"
    """It is excluded from latest and gets an end of life: the first step of its retirement."""
    RETIRE = "retire"
    """It loses its protection: the second step."""
    REMOVE = "remove"
    """It is taken out of the catalog, and deleted by the next deployment: the last step."""


class Kind(StrEnum):
    """Which pull request an edit belongs to; one that publishes never retires anything."""

    PUBLISHING = "publish"
    RETIREMENT = "retire"


PUBLISHING: Final = frozenset({Action.PUBLISH, Action.PROMOTE})


class Origin(NamedTuple):
    """What a new version is made from."""

    id: str
    """Azure's id, or gallery/image/number of a version of the catalog."""
    name: str
    build: str | None = None
    commit: str | None = None


class Decision(NamedTuple):
    """One edit, as people see it."""

    action: Action
    image: str
    """gallery/image, by the keys of the catalog."""
    version: str
    what: str
    """What is done, without the version: ``opened in westeurope``."""
    why: str
    """Why now."""
    edits: tuple[Edit, ...] = ()
    line: str | None = None
    origin: Origin | None = None
    regions: tuple[str, ...] = ()
    """Where it is opened."""
    notes: tuple[str, ...] = ()
    """What a reviewer should know, in sentences."""

    @property
    def kind(self) -> Kind:
        """Which pull request it belongs to."""
        return Kind.PUBLISHING if self.action in PUBLISHING else Kind.RETIREMENT

    @property
    def id(self) -> str:
        """Stays the same from day to day, until the content of the edit is another one."""
        about = (self.action, self.image, self.version, self.origin.id if self.origin else "", *self.regions)
        return hashlib.sha256("\n".join(about).encode()).hexdigest()[:12]


class Cause(StrEnum):
    """What something waits for."""

    SOAK = "soak"
    """Time: the ring before, or another image, has not been open for long enough."""
    QUEUE = "queue"
    """A ring is still taken by the version before."""
    GATE = "gate"
    DEPLOYMENT = "deployment"
    """What is declared has not been deployed, or is not replicated yet."""
    HELD = "held"
    DEPRECATED = "deprecated"
    DECLINED = "declined"
    LIMIT = "limit"
    AHEAD = "ahead"
    """Another image goes first."""
    UNFIT = "unfit"
    """A source does not fit the definition."""
    NUMBER = "number"
    """A source has no usable number."""
    FOREIGN = "foreign"
    """Others write versions of the same line."""
    IN_USE = "in use"
    LOCKED = "locked"
    UNKNOWN = "unknown"
    """Something was not read, or Azure does not say."""


class Waiting(NamedTuple):
    """Something that a refresh would do, and what it waits for."""

    cause: Cause
    image: str
    version: str | None
    what: str
    """What it waits for, as the end of the sentence that begins with ``waits for``."""
    until: date | None = None
    since: date | None = None
    line: str | None = None
    id: str | None = None
    """The id of the decision that waits; None where there is none yet."""


@dataclass(frozen=True)
class Refreshed:
    """What a refresh comes to."""

    today: date
    decisions: tuple[Decision, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    not_read: tuple[str, ...] = ()
    """What was not read and why, in sentences."""
    images: int = 0
    """How many definitions are brought up to date by policies."""

    def of(self, kind: Kind) -> tuple[Decision, ...]:
        """The decisions of one pull request."""
        return tuple(one for one in self.decisions if one.kind is kind)


def edits_of(decisions: Iterable[Decision]) -> list[Edit]:
    """The edits of decisions, in order."""
    return [edit for one in decisions for edit in one.edits]
