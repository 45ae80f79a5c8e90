"""One request on its way through, and the answer to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol

from acg_sandbox.arm.faults import Fault
from acg_sandbox.arm.protocol.refusals import RequestError, refuse
from acg_sandbox.arm.state.address import GROUP_TYPE, Address, parse
from acg_sandbox.arm.state.state import State
from acg_sandbox.arm.state.store import Resource
from acg_sandbox.arm.state.values import read_json


class KnownType(Protocol):
    """What a call may ask of a resource type other than its own; ``type`` is as the service spells it."""

    type: ClassVar[str]

    def check_removal(self, call: Call, resource: Resource) -> None:
        """Refuse that a resource of the type is deleted along with its group."""
        ...


@dataclass(slots=True)
class Call:
    """A request.

    Attributes:
        types: Every resource type of this embedded Azure by its lower-case name.
        query: Its options, names in lower case.
        host: Scheme and authority that links in the answer must carry.
        now: Seconds since 1970.
        api: The api-version, once it is known to be fine.
        faults: What strikes this call.
    """

    state: State
    types: Mapping[str, KnownType]
    method: str
    address: Address
    query: Mapping[str, str]
    headers: Mapping[str, str]
    raw: bytes
    host: str
    now: float
    api: str = ""
    faults: list[Fault] = field(default_factory=list)
    _body: Any = None

    def at(self, path: str) -> Call:
        """The same call about another path."""
        return replace(self, address=parse(path))

    def struck_by(self, kind: str) -> Fault | None:
        """The fault of a kind that strikes this call, if any."""
        return next((fault for fault in self.faults if fault.fault == kind), None)

    def body(self) -> dict[str, Any]:
        """The body as an object, read once, or the refusal of what is none."""
        if self._body is None:
            try:
                self._body = read_json(self.raw)
            except (ValueError, RecursionError) as problem:
                refuse("content-invalid", reason=problem)
        if not isinstance(self._body, dict):
            refuse("content-invalid", reason="the content is not a JSON object")
        return self._body

    def spelled(self, kind: str) -> str:
        """A lower-case type as the service spells it."""
        known = self.types.get(kind)
        return known.type if known else kind


@dataclass(slots=True)
class Answer:
    """What goes back; ``location`` is the region whose rate limits the call counts against."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    policy: str | None = None
    location: str = ""


def failure(problem: RequestError) -> Answer:
    """The answer to a refused request."""
    return Answer(problem.status, problem.body(), dict(problem.headers))


def canonical_address(types: Mapping[str, KnownType], address: Address) -> Address:
    """The address with its type spelled as the service spells it; names stay as the client wrote them."""
    if address.type == GROUP_TYPE.lower():
        return parse(f"/subscriptions/{address.subscription}/resourceGroups/{address.group}")
    known = types.get(address.type)
    namespace, *kinds = (known.type if known else address.type).split("/")
    scope = re.sub("/resourcegroups/", "/resourceGroups/", address.scope, flags=re.IGNORECASE)
    pairs = "/".join(f"{kind}/{name}" for kind, name in zip(kinds, address.names, strict=True))
    return parse(f"{scope}/providers/{namespace}/{pairs}")
