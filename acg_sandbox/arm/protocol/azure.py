"""One embedded Azure, and the one way that every request takes through it.

A request is struck by faults, passes ARM's own checks (subscription, api-version, rate limits), is answered by a route
or a resource type of a provider, and is noted in the log. All of it is one transaction; of a refused request only the
line in the log stays.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from acg_sandbox.arm.faults import Faults
from acg_sandbox.arm.protocol.call import Answer, Call, failure
from acg_sandbox.arm.protocol.checks import is_guid
from acg_sandbox.arm.protocol.namespaces import namespace_routes
from acg_sandbox.arm.protocol.polling import operation_status
from acg_sandbox.arm.protocol.provider import Registry, ResourceProvider, Route, Target
from acg_sandbox.arm.protocol.rate_limits import RateLimits
from acg_sandbox.arm.protocol.refusals import RequestError, error, refuse
from acg_sandbox.arm.protocol.regions import REGIONS
from acg_sandbox.arm.protocol.resource_type import ResourceType
from acg_sandbox.arm.protocol.seed import plant
from acg_sandbox.arm.state import request_log
from acg_sandbox.arm.state.settings import Settings
from acg_sandbox.arm.state.state import State

_LOG = logging.getLogger(__name__)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(-preview)?")
_OPERATIONS = Route(r"[\w.]+/locations/(capsoperations|diskoperations|operations)", operation_status)


class Azure:
    """Everything behind the endpoint; used by one thread only."""

    def __init__(self, folder: Path | None, settings: Settings, providers: Iterable[ResourceProvider]) -> None:
        self.state = State(folder, settings)
        self.faults = Faults(self.state.store)
        routes = (_OPERATIONS, *namespace_routes(lambda: self.registry))
        self.registry: Registry = Registry([*providers, ResourceProvider(routes=routes)])
        self.rates = RateLimits({k: v for one in self.registry.providers for k, v in one.rate_limits.items()})
        plant(self.state, self.registry.types)

    def answer(self, call: Call, entry: dict[str, Any], started: float) -> tuple[Answer, str | None]:
        """The answer to a request and the code of its refusal, if any; ``entry`` begins its line in the log."""
        call.faults = self.faults.strike(call.method, call.address.path)
        before = None
        try:
            with self.state.store.transaction():
                _strike(call, "before")
                before = self.state.store.get(call.address.key) if call.struck_by("stale") else None
                answer = self._serve(call)
                self._note(entry, answer.status, started, None, call)
        except RequestError as problem:
            return self._refused(call, entry, started, problem)
        except Exception:
            _LOG.exception("the embedded Azure failed at %s %s", call.method, call.address.path)
            problem = RequestError("bug", 500, "InternalServerError", "Encountered internal server error.")
            return self._refused(call, entry, started, problem)
        stale = call.struck_by("stale")
        if stale is not None and call.method != "GET":
            self.state.stale_reads[call.address.key] = before, stale.reads
        try:
            _strike(call, "after")
        except RequestError as problem:
            return failure(problem), problem.code
        return answer, None

    def _refused(
        self, call: Call, entry: dict[str, Any], started: float, problem: RequestError
    ) -> tuple[Answer, str | None]:
        answer = failure(problem)
        with self.state.store.transaction():
            self._note(entry, answer.status, started, problem.code, call)
        return answer, problem.code

    def _note(self, entry: dict[str, Any], status: int, started: float, code: str | None, call: Call) -> None:
        fault = call.faults[0].id if call.faults else None
        seconds = round(time.perf_counter() - started, 6)
        line = entry | {"status": status, "seconds": seconds, "code": code, "fault": fault}
        request_log.write(self.state.store.db, line)

    def note(self, line: dict[str, Any]) -> None:
        """Write the line of a request that was not let in."""
        with self.state.store.transaction():
            request_log.write(self.state.store.db, line)

    # -- inside the transaction ----------------------------------------------------------------------------------------

    def _serve(self, call: Call) -> Answer:
        self.state.operations.settle(call.now)
        target = self.registry.target(call.address)
        if target is not None and target.route is not None and target.route.bare:
            return target.route.serve(call)
        if target is None or target.route is None or not target.route.open:
            _require_subscription(call)
            call.api = self._api_version(call, target)
        if target is None:
            self._unknown(call)
        _require_json(call)
        _require_known_options(call, target)
        if target.route is not None:
            if call.method not in target.route.methods:
                refuse("method-not-allowed", method=call.method, scope=call.address.path)
            return target.route.serve(call)
        assert target.type is not None, "a target without a route has a type"  # noqa: S101
        if target.collection and call.method == "GET":
            self._check_rate(call, target.type)
            return target.type.list(call)
        if target.collection:
            target = self._above(call)
        assert target.type is not None, "above a collection there is a type"  # noqa: S101
        if call.address.tail is not None and call.method not in {"GET", "POST"}:
            self._unknown(call)
        self._check_rate(call, target.type)
        return _by_type(call, target.type)

    def _above(self, call: Call) -> Target:
        """What a POST to a collection is for: an action of the resource that the collection lies in."""
        kind = self.registry.types.get(call.address.type)
        if kind is None:
            self._unknown(call)
        return Target(ResourceProvider(), None, kind)

    def _api_version(self, call: Call, target: Target | None) -> str:
        api = call.query.get("api-version", "")
        if not api:
            refuse("api-version-missing")
        spoken = target.provider.api_versions if target else ()
        if (spoken and api not in spoken) or not _DATE.fullmatch(api):
            self._refuse_version(call, api, spoken)
        return api

    def _refuse_version(self, call: Call, api: str, spoken: tuple[str, ...]) -> NoReturn:
        """ARM looks for the provider in the region of a write; for a read the type is missing."""
        versions, region = ", ".join(spoken), _sent_location(call)
        namespace, _, kind = call.spelled(call.address.type).partition("/")
        kind = kind or call.address.tail or "resourceGroups"
        if not region:
            refuse("type-unknown", type=kind, namespace=namespace, version=api, versions=versions)
        words = {"location": region, "version": api, "type": kind, "versions": versions}
        refuse("api-version-unknown", **words, locations=", ".join(REGIONS))

    def _unknown(self, call: Call) -> NoReturn:
        """Refuse a path that nothing answers."""
        namespace, _, kind = call.address.type.partition("/")
        if call.address.type == "microsoft.resources/subscriptions":
            if call.method != "GET":
                refuse("method-not-allowed", method=call.method, scope=call.address.path)
            refuse("path-unknown", path=call.address.path)
        kind = "/".join(part for part in (kind, call.address.tail or "") if part)
        if not self.registry.knows_namespace(namespace):
            refuse("namespace-unknown", namespace=namespace)
        versions = ", ".join(self.registry.api_versions(namespace))
        refuse("type-unknown", type=kind, namespace=namespace, version=call.api, versions=versions)

    def _check_rate(self, call: Call, kind: ResourceType) -> None:
        policy = kind.throttling.get("PUT" if call.method in {"PUT", "PATCH", "POST"} else call.method)
        limits = call.struck_by("rate-limits")
        if policy and (limits or self.state.settings.enforce_rates):
            found = self.state.store.get(call.address.key)
            location = kind.region(found) if found else _sent_location(call)
            self.rates.require(call, policy, location, limits.share if limits else 1.0)


def _strike(call: Call, when: str) -> None:
    """Let the faults that replace an answer do so; a connection that is cut before the effect has none either."""
    for fault in call.faults:
        if fault.fault == "throttle" and when == "before":
            problem = error("too-many-requests", policy="any")
            problem.headers["Retry-After"] = f"{max(fault.seconds, 0):g}"
            raise problem
        if fault.fault == "cut" and when == fault.when == "before":
            raise RequestError("cut", 499, "ConnectionCut", "the connection was cut before the effect")
        if fault.fault == "error" and fault.when == when:
            raise RequestError("error", fault.status, fault.code, "The request failed because a fault was asked for.")


def _require_subscription(call: Call) -> None:
    wanted = call.address.subscription
    if wanted is None:
        refuse("path-unknown", path=call.address.path)
    if not is_guid(wanted):
        refuse("invalid-subscription", subscription=wanted)
    if wanted.lower() not in {one.lower() for one in call.state.subscriptions}:
        refuse("subscription-not-found", subscription=wanted)


def _require_json(call: Call) -> None:
    """Refuse content that does not say it is JSON; what needs none may come without."""
    if call.method not in {"PUT", "PATCH", "POST"} or (call.method == "POST" and not call.raw):
        return
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        refuse("media-type", type=kind or "<null>")


def _require_known_options(call: Call, target: Target) -> None:
    """Refuse an option that changes nothing here: whoever filters a list and gets all of it may delete too much."""
    known = target.options(call.method)
    for name in call.query:
        if name not in known:
            refuse("option-unknown", option=name)


def _by_type(call: Call, kind: ResourceType) -> Answer:
    address = call.address
    if address.tail is not None:
        above = call.at(address.path.rsplit("/", 1)[0])
        return kind.post(above, address.tail) if call.method == "POST" else kind.get_below(above, address.tail)
    serve = {"GET": kind.get, "HEAD": kind.head, "PUT": kind.put, "PATCH": kind.patch, "DELETE": kind.delete}
    if call.method not in serve:
        refuse("method-not-allowed", method=call.method, scope=address.path)
    return serve[call.method](call)


def _sent_location(call: Call) -> str:
    """The canonical region that a body names; empty when there is none."""
    try:
        return str(call.body().get("location", "")).replace(" ", "").lower()
    except RequestError:
        return ""
