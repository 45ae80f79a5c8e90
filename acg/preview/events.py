"""The events that the engine streams, one JSON object a line.

Source: https://github.com/pulumi/pulumi, sdk/go/common/apitype/events.go
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from acg.preview.beside import boots, is_scale_set, locked
from acg.preview.model import Operation, PolicyResult, Step

_SILENT = re.compile(
    r'\{"sequence":\d+,"timestamp":\d+,"'
    r"(?:policyRemediateSummaryEvent|policyAnalyzeSummaryEvent|policyAnalyzeStackSummaryEvent|policyLoadEvent"
    r'|cancelEvent|stdoutEvent)":'
)
"""Events of which nothing is kept; they are half of the output, and are not even parsed."""
_OPERATIONS: Mapping[str, Operation] = {
    "same": Operation.SAME,
    "create": Operation.CREATE,
    "update": Operation.UPDATE,
    "delete": Operation.DELETE,
    "replace": Operation.REPLACE,
    "create-replacement": Operation.REPLACE,
    "delete-replaced": Operation.REPLACE,
    "import": Operation.IMPORT,
    "import-replacement": Operation.REPLACE,
    "read": Operation.READ,
    "read-replacement": Operation.READ,
}
_DELETIONS = ("delete", "delete-replaced")
_ROOT = "pulumi:pulumi:Stack"
"""The resource that a program is, whose outputs end its declarations."""
_MASK = "[secret]"
"""Placeholder in the engine's events for a secret value."""
_MASK_OF_STATES = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
"""What stands for one in an exported stack."""
_CANNOT_RUN = "can't run policy"
"""Begins the message of a policy that the engine skipped; there is no other sign of it."""


class Events:
    """What was heard so far."""

    def __init__(
        self, on_resource: Callable[[int], None] = lambda _: None, on_declared: Callable[[], object] = lambda: None
    ) -> None:
        """Listen.

        Args:
            on_resource: Called with the number of steps so far.
            on_declared: Called once the program has declared everything. The engine then deletes what is left, asks
                the policies about the whole, and ends what it has started, which takes it a while.
        """
        self.steps: dict[str, Step] = {}
        self.states: dict[str, dict[str, Any]] = {}
        """What Pulumi knows to exist, by URN: of a refreshed preview, as Azure answered."""
        self.locks: dict[str, str] = {}
        """Ids that management locks are on when the deletions come: those of new ones, where they are known by then."""
        self.drifted: dict[str, str] = {}
        self.policies: dict[PolicyResult, None] = {}
        self.policy_packs: tuple[str, ...] = ()
        self.config: dict[str, str] = {}
        self.stack: str | None = None
        self.errors = 0
        self.unknown = 0
        self.result: str | None = None
        """What the engine says of the whole; None if it never came to the end."""
        self._on_resource = on_resource
        self._on_declared = on_declared

    def hear(self, lines: Iterable[str]) -> None:
        """Take the output of a preview, line by line."""
        for line in lines:
            if not _SILENT.match(line) and line.strip():
                self._line(line)

    def _line(self, line: str) -> None:
        try:
            event = json.loads(line, object_hook=_with_marks if _MASK in line else None)
            if not isinstance(event, dict):
                raise TypeError
            kind = next(key for key in event if key not in ("sequence", "timestamp"))
            handle = _HANDLERS[kind]
            handle(self, event[kind])
        except (ValueError, TypeError, KeyError, AttributeError, StopIteration, RecursionError):
            self.unknown += 1

    def _prelude(self, event: Mapping[str, Any]) -> None:
        self.config = {key: value for key, value in event["config"].items() if isinstance(value, str)}

    def _before(self, event: Mapping[str, Any]) -> None:
        metadata = event["metadata"]
        urn, operation = str(metadata["urn"]), str(metadata["op"])
        self.stack = self.stack or urn.split(":")[2]
        if operation == "refresh":
            return
        old, new = metadata.get("old"), metadata.get("new")
        if isinstance(old, dict):
            self.states[_own_urn(old, urn)] = old  # an alias gives a resource that exists another URN
        known = self.steps.get(urn)
        paths = tuple(sorted(map(str, metadata.get("detailedDiff") or ())))
        self.steps[urn] = Step(
            urn,
            Operation.REPLACE
            if known and known.operation is Operation.REPLACE
            else _OPERATIONS.get(operation, Operation.OTHER),
            _azure(new) or _azure(old),
            paths or (known.paths if known else ()),
            (boots(old), boots(new)) if is_scale_set(urn) else (None, None),
        )
        if operation not in _DELETIONS and (scope := locked(new if isinstance(new, dict) else old)) is not None:
            self.locks[urn] = scope
        self._on_resource(len(self.steps))

    def _after(self, event: Mapping[str, Any]) -> None:
        metadata = event["metadata"]
        if metadata["op"] != "refresh":
            if (
                str(metadata["urn"]).split("::")[2] == _ROOT and len(self.steps) > 1
            ):  # it has outputs once it begins, too
                self._on_declared()
            return
        urn, new = str(metadata["urn"]), metadata.get("new")
        if isinstance(new, dict):
            self.states[_own_urn(new, urn)] = new
        else:
            self.states.pop(urn, None)
            self.drifted[urn] = "deleted"
        if metadata.get("detailedDiff") or metadata.get("diffs"):
            self.drifted[urn] = "changed"

    def _policy(self, event: Mapping[str, Any]) -> None:
        result = PolicyResult(
            str(event["policyPackName"]),
            str(event["policyName"]),
            str(event["enforcementLevel"]),
            str(event.get("resourceUrn") or "").split("::", 3)[-1],
            ran=_CANNOT_RUN not in str(event.get("message")),
        )
        self.policies[result] = None

    def _diagnostic(self, event: Mapping[str, Any]) -> None:
        self.errors += event["severity"] == "error"

    def _summary(self, event: Mapping[str, Any]) -> None:
        self.result = str(event.get("result") or "succeeded")
        self.policy_packs = tuple(sorted(str(name).split("|")[0] for name in event.get("PolicyPacks") or ()))

    def _nothing(self, event: Mapping[str, Any]) -> None:
        """An event that is known and of no use here."""


def _with_marks(mapping: dict[str, Any]) -> dict[str, Any]:
    """A mapping in which masked secrets have the form that an exported stack gives them."""
    return {key: _marked(value) for key, value in mapping.items()}


def _marked(value: Any) -> Any:
    if isinstance(value, list):
        return [_marked(one) for one in value]
    return dict(_MASK_OF_STATES) if value == _MASK else value


def _own_urn(state: Mapping[str, Any], urn: str) -> str:
    return str(state.get("urn") or urn)


def _azure(state: Any) -> str | None:
    """What Azure calls a gallery, definition or version, by the inputs of the engine's state."""
    inputs = state.get("inputs") if isinstance(state, dict) else None
    if not isinstance(inputs, dict):
        return None
    names: list[str] = []
    for key in ("galleryName", "galleryImageName", "galleryImageVersionName"):
        if not isinstance(name := inputs.get(key), str):
            break
        names.append(name.lower())
    return "/".join(names) or None


_HANDLERS: Mapping[str, Callable[[Events, Mapping[str, Any]], None]] = {
    "preludeEvent": Events._prelude,
    "resourcePreEvent": Events._before,
    "resOutputsEvent": Events._after,
    "resOpFailedEvent": Events._nothing,
    "policyEvent": Events._policy,
    "policyRemediationEvent": Events._nothing,
    "diagnosticEvent": Events._diagnostic,
    "summaryEvent": Events._summary,
    "startDebuggingEvent": Events._nothing,
    "progressEvent": Events._nothing,
    "policyRemediateSummaryEvent": Events._nothing,
    "policyAnalyzeSummaryEvent": Events._nothing,
    "policyAnalyzeStackSummaryEvent": Events._nothing,
    "policyLoadEvent": Events._nothing,
    "cancelEvent": Events._nothing,
    "stdoutEvent": Events._nothing,
}
