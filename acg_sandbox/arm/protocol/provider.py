"""What a provider registers, and how a path finds the part of it that answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.protocol.refusals import RefusalTable
from acg_sandbox.arm.protocol.resource_type import ResourceType
from acg_sandbox.arm.state.address import Address

_NONE: frozenset[str] = frozenset()
# What any request may carry: the api-version, the bookmark of a page, and the signature of an operation's link.
_COMMON = frozenset({"api-version", "$skiptoken", "monitor", "p", "t", "c", "s", "h"})


@dataclass(frozen=True)
class Route:
    """Paths that are no resource's.

    Attributes:
        pattern: A regular expression for the type of the path and its tail, in lower case, as in
            ``microsoft.resources/subscriptions/locations``.
        serve: What answers.
        methods: Those that are answered.
        options: Options of its query, in lower case, beside the api-version.
        open: Whether it is answered without a known subscription and an api-version.
        bare: Whether it is no path of Resource Manager's at all, and none of its rules hold.
    """

    pattern: str
    serve: Callable[[Call], Answer]
    methods: frozenset[str] = frozenset({"GET"})
    options: frozenset[str] = frozenset()
    open: bool = False
    bare: bool = False


@dataclass(frozen=True)
class ResourceProvider:
    """One folder of ``providers``.

    Attributes:
        types: Its resource types.
        routes: What it answers beside them.
        refusals: Its table of refusals.
        api_versions: Those that it speaks; empty: any date.
        rate_limits: The sizes of the token buckets of each policy, by the name that headers give them.
    """

    types: tuple[ResourceType, ...] = ()
    routes: tuple[Route, ...] = ()
    refusals: RefusalTable | None = None
    api_versions: tuple[str, ...] = ()
    rate_limits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """What answers a path: a route or a resource type (its collection, when the path ends in one)."""

    provider: ResourceProvider
    route: Route | None = None
    type: ResourceType | None = None
    collection: bool = False

    def options(self, method: str) -> frozenset[str]:
        """The options that a query may have, in lower case."""
        own = self.route.options if self.route else self.type.options.get(method, frozenset()) if self.type else _NONE
        if self.collection:
            own = self.type.list_options if self.type else _NONE
        return _COMMON | own


class Registry:
    """Every type and route of the providers of one embedded Azure."""

    def __init__(self, providers: Iterable[ResourceProvider]) -> None:
        self.providers = tuple(providers)
        self.types: dict[str, ResourceType] = {one.type.lower(): one for p in self.providers for one in p.types}
        self._owners = {one.type.lower(): p for p in self.providers for one in p.types}
        self._routes = [(re.compile(route.pattern), route, p) for p in self.providers for route in p.routes]
        self._find = lru_cache(maxsize=4096)(self._search)

    def target(self, address: Address) -> Target | None:
        """What answers a path; None when nothing does."""
        return self._find(address.type, (address.tail or "").lower())

    def _search(self, kind: str, tail: str) -> Target | None:
        whole = f"{kind}/{tail}" if tail else kind
        for pattern, route, provider in self._routes:
            if pattern.fullmatch(whole):
                return Target(provider, route)
        if tail and whole in self.types:
            return Target(self._owners[whole], None, self.types[whole], collection=True)
        if kind in self.types:
            return Target(self._owners[kind], None, self.types[kind])
        return None

    def api_versions(self, namespace: str) -> tuple[str, ...]:
        """The api-versions that are listed for a namespace (lower case)."""
        for kind, provider in self._owners.items():
            if kind.startswith(f"{namespace}/") and provider.api_versions:
                return provider.api_versions
        return ()

    def versions_of(self, kind: ResourceType) -> tuple[str, ...]:
        """The api-versions of a type; none: any date."""
        return self._owners[kind.type.lower()].api_versions

    def knows_namespace(self, namespace: str) -> bool:
        """Whether any type belongs to a namespace (lower case)."""
        return any(known.startswith(f"{namespace}/") for known in self.types)
