"""What Azure says about resources that nobody declares."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Validation(NamedTuple):
    """A validation that Azure ran on a version, such as of Trusted Launch."""

    type: str
    status: str
    """Succeeded, Failed, or whatever Azure says."""


class Facts(NamedTuple):
    """What Azure says about a gallery, definition or version beside what was declared."""

    provisioning_state: str | None = None
    """Succeeded, Failed, Creating, Updating, Deleting or Migrating; None: it does not say."""
    created_at: datetime | None = None
    """When a version was published; of others, when Azure says they were created."""
    sharing: str | None = None
    """Whom a gallery may be shared with: Private, Groups or Community; None of other kinds, or not known."""
    validations: tuple[Validation, ...] | None = None
    """Of a version; None: Azure does not say."""


class Copy(NamedTuple):
    """How the replication of a version to a region ended, or stands."""

    state: str
    """Unknown, Replicating, Completed or Failed, as Azure says."""
    progress: int | None = None
    """Percent."""


class Lock(NamedTuple):
    """A lock, which keeps what it is set on, and everything in that, from deletion or any change."""

    id: str
    level: str
    """CanNotDelete or ReadOnly."""
    scope: str
    """Id of what it is set on, as Azure spells it."""
    notes: str | None = None
    """Why, as whoever set it says."""


class SoftDeleted(NamedTuple):
    """A version in the bin of its gallery. Its number is taken."""

    id: str
    """The id that it had, and has again when it is restored."""
    deleted_at: datetime | None = None
    gone_at: datetime | None = None
    """When it cannot be restored any more."""


class Upgrade(NamedTuple):
    """An OS image upgrade of a scale set, from its history: Azure keeps the last five.

    Source: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade
    """

    status: str
    """RollingForward, Cancelled, Completed or Faulted, as Azure says."""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    image: str | None = None
    """Id of the definition or version that it upgraded to."""
    version: str | None = None
    """Number of the version that it upgraded to, where Azure says."""
    succeeded: int | None = None
    """Instances that were upgraded; None: Azure does not say."""
    failed: int | None = None
    in_progress: int | None = None
    pending: int | None = None
    rolled_back: int | None = None
    """Instances whose former disk was restored, successfully or not."""
