"""The one result of a plan: what changes, what follows, and what it was made from.

Everything that shows a plan shows a `Plan`. Texts in it are plain: a rendering escapes them for where it puts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from acg.catalog.edit.model import Edit
from acg.desired.resource import Place
from acg.errors import Problem
from acg.plan.effects import Effects, LatestChange
from acg.plan.identity import Identity
from acg.rules.result import Finding, SuppressedFinding, UndecidedFinding


class Action(StrEnum):
    """What a change of the catalog means, in stable words that other programs may rely on."""

    SAFETY = "safety"
    """Protection, ``retire``, locks, permission to delete, suppressions, guardrails, readers: listed first."""
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RENAME = "rename"
    """A gallery or resource group under a new key with its old name in Azure."""
    MOVE = "move"
    """A definition that leaves one gallery and appears in another."""
    ADOPT = "adopt"
    """Something that exists outside is to be managed from now on."""
    RELEASE = "release"
    """Something managed is to exist outside from now on."""
    REPLACE = "replace"
    """Pulumi would delete and create it."""
    NEW_VERSION = "new-version-required"
    NEW_DEFINITION = "new-definition-required"
    FORBIDDEN = "forbidden"
    """Azure has no way to do it, or not yet."""
    UNDECIDED = "undecided"
    """No source decides what Azure does, or a value that decides it is not known."""


class RefusedBy(StrEnum):
    """Who stops a change."""

    AZURE = "Azure"
    PULUMI = "Pulumi"
    ACG = "acg"
    """Nobody else would stop it, and it would do harm."""


class Unknown(NamedTuple):
    """Stands for a value that is not known before deployment, or that is secret."""

    why: str = "known after deployment"


class InputChange(NamedTuple):
    """One input that changes."""

    path: tuple[str, ...]
    """Keys of azure-native's input; an element of a list of regions or disks goes by its region or LUN.

    ``("publishingProfile", "targetRegions", "westeurope", "storageAccountType")``
    """
    before: Any
    """Plain JSON values, or `Unknown`; None: there is none."""
    after: Any

    @property
    def dotted(self) -> str:
        """The path as people write it: ``publishingProfile.targetRegions[westeurope].storageAccountType``."""
        return dotted(self.path)


class Snippet(NamedTuple):
    """YAML that a proposal puts into the catalog."""

    yaml: str
    """Whole lines below the key that ``path`` leads to, without its indentation."""
    path: tuple[str | int, ...]
    """Path in the catalog of the mapping that gets these keys; it keeps its others."""
    place: Place | None = None
    """Where that mapping, or the nearest thing around it, is in the catalog after the change."""


class Proposal(NamedTuple):
    """The way out of a change that is refused or that does harm."""

    text: str
    """What to do and why, in sentences."""
    edits: tuple[Edit, ...] = ()
    """Edits of the catalog after the change, to be made together: `acg.catalog.edit.apply_edits` makes them.

    Empty: there is none that this pull request could make.
    """
    snippets: tuple[Snippet, ...] = ()
    """What the edits write, for people."""
    commands: tuple[str, ...] = ()
    """Commands to run in this order, such as ``pulumi import …``; none of them was run."""


class Change(NamedTuple):
    """One resource, and one thing that happens to it."""

    action: Action
    reason: str
    """A stable word for the cause, such as ``storage-type-changed``: see `acg.plan.classify.reasons`."""
    resource: Identity
    summary: str
    """Sentence without its subject and full stop: ``changes its storage type in westeurope from … to …``."""
    inputs: tuple[InputChange, ...] = ()
    before: Place | None = None
    """Where it is in the catalog before; None if that is no catalog or has no such place."""
    after: Place | None = None
    """Where it is in the catalog after."""
    refused_by: RefusedBy | None = None
    """Who stops it; None: it is carried out."""
    why: str | None = None
    """The fact that decides, as a sentence."""
    source: str | None = None
    """Address of the page that states the fact."""
    proposal: Proposal | None = None
    protected: bool = False
    """Whether Pulumi protects the deployed resource from deletion."""

    @property
    def refused(self) -> bool:
        """Whether somebody stops it."""
        return self.refused_by is not None


class Findings(NamedTuple):
    """What the rules find in the catalog after the change, against what they found before, by the base's guardrails."""

    new: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    """Found before and no longer; their places are those in the catalog before."""
    same: tuple[Finding, ...] = ()
    undecided: tuple[UndecidedFinding, ...] = ()
    """What is not checked yet after the change, and was not among what could not be checked before."""
    undecided_before: int = 0
    """How many more checks are not possible, as before."""
    suppressed: tuple[SuppressedFinding, ...] = ()
    """After the change."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """New errors: they refuse the plan; errors that the base has too do not."""
        return tuple(finding for finding in self.new if finding.severity == "error")


class Side(NamedTuple):
    """One of the two states that a plan compares."""

    kind: Literal["git", "files", "stack", "observed", "nothing"]
    """``nothing``: the catalog does not exist at the base revision, so everything is new."""
    name: str
    """The revision as given, a path, or words such as ``working tree``."""
    commit: str | None = None
    """Full commit id; None if it is no revision."""
    path: str | None = None
    """Path of the catalog there, where it differs from the other side's."""
    problems: tuple[Problem, ...] = ()
    """What is not readable there and was left out of the comparison."""


class Knowledge(NamedTuple):
    """How fresh and how complete a snapshot of Azure is."""

    read_at: str
    """Moment in UTC, ISO 8601."""
    subscriptions_read: int | None
    subscriptions_total: int | None
    """None: not known."""
    gaps: tuple[str, ...] = ()
    """What was not read and why, in sentences. With any, counts are "at least"."""

    @property
    def complete(self) -> bool:
        """Whether nothing was left out."""
        return not self.gaps and self.subscriptions_read == self.subscriptions_total


class Plan(NamedTuple):
    """What a change of a catalog means."""

    catalog: str
    """Path of the catalog, as given."""
    stack: str | None
    base: Side
    head: Side
    today: date
    changes: tuple[Change, ...] = ()
    """In the order in which they are shown: safety first, what is refused next, then by definition and version."""
    no_effect: Mapping[str, int] = {}
    """How many resources were edited without effect, by reason: ``spelling``, ``order``, ``default-written``."""
    edited: tuple[Identity, ...] = ()
    """The resources of ``no_effect``, which Pulumi may update all the same."""
    unchanged: int = 0
    """How many resources nothing changes about, those of ``no_effect`` included."""
    effects: Effects = Effects()
    findings: Findings = Findings()
    digests: Mapping[str, str] = {}
    """SHA-256 in hexadecimal by ``gallery/definition``, of those with changes; ``""`` holds all that is outside one.

    Over classified changes alone: no day, no duration, no price and no finding is in it.
    """
    digest: str = ""
    """SHA-256 over all digests, in hexadecimal. Short forms show the first 8 digits."""
    knowledge: Knowledge | None = None
    """None without a snapshot of Azure."""

    @property
    def refused(self) -> tuple[Change, ...]:
        """The changes that somebody stops."""
        return tuple(change for change in self.changes if change.refused)

    @property
    def accepted(self) -> tuple[Change, ...]:
        """The changes that are carried out, safety among them."""
        return tuple(change for change in self.changes if not change.refused)

    @property
    def lost(self) -> tuple[LatestChange, ...]:
        """The regions that would be left without a latest version though nobody retired it."""
        return tuple(one for one in self.effects.latest if one.refused)

    @property
    def has_changes(self) -> bool:
        """Whether anything would change."""
        return bool(self.changes)

    @property
    def exit_code(self) -> Literal[0, 1]:
        """1 if a change is refused, a rule finds a new error, or a region would be left without a latest version."""
        return 1 if self.refused or self.findings.errors or self.lost else 0


def dotted(path: tuple[str, ...]) -> str:
    """An input path as people write it, with the region or LUN of a list's element in brackets."""
    text, inside = "", False
    for key in path:
        text += f"[{key}]" if inside else f".{key}" if text else key
        inside = key in KEYED
    return text


KEYED: Mapping[str, str] = {
    "targetRegions": "name",
    "targetExtendedLocations": "name",
    "dataDiskImages": "lun",
    "additionalReplicaSets": "storageAccountType",
    "features": "name",
}
"""Lists whose elements are compared by a key of theirs, never by their place in the list."""
