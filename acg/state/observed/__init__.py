"""What a reader saw of Azure: galleries with all that they hold, sources, who uses them, and what it could not see.

A snapshot is a value, written to and read from a JSON file, so that a plan needs neither credentials nor a network.
It never counts what was not read as none: `Coverage` says what is missing.
"""

from acg.state.observed.asked import AskedGallery, AskedSources, Question
from acg.state.observed.consumers import Consumer, ConsumerKind, in_order
from acg.state.observed.coverage import NOT_ASKED, Coverage, Part, Reading, is_absent
from acg.state.observed.facts import Copy, Facts, Lock, SoftDeleted, Upgrade, Validation
from acg.state.observed.file import FORMAT, cleaned, read_snapshot, snapshot_of, snapshot_text, write_snapshot
from acg.state.observed.resources import observed_resource
from acg.state.observed.snapshot import Snapshot
from acg.state.observed.sources import Plan, Source, SourceKind

__all__ = [
    "FORMAT",
    "NOT_ASKED",
    "AskedGallery",
    "AskedSources",
    "Consumer",
    "ConsumerKind",
    "Copy",
    "Coverage",
    "Facts",
    "Lock",
    "Part",
    "Plan",
    "Question",
    "Reading",
    "Snapshot",
    "SoftDeleted",
    "Source",
    "SourceKind",
    "Upgrade",
    "Validation",
    "cleaned",
    "in_order",
    "is_absent",
    "observed_resource",
    "read_snapshot",
    "snapshot_of",
    "snapshot_text",
    "write_snapshot",
]
