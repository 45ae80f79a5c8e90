"""From what exists to a catalog that asks for exactly that.

The catalog that comes of it is lowered again and compared with what exists. What does not come out as it is in Azure is
declared as something that exists, which nothing touches, and is listed with the difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from acg.adopt.defaults import factored
from acg.adopt.keys import Keys
from acg.adopt.model import Adoption, Form
from acg.adopt.nodes import Nodes, Unusable
from acg.adopt.sayable import listed
from acg.catalog.models import Catalog
from acg.desired.gallery import LOCK
from acg.desired.lower import Lowered, lower
from acg.desired.resource import Resource
from acg.path import Path
from acg.plan.classify.answered import answered_differences
from acg.plan.classify.compare import without_query
from acg.plan.classify.match import Pair
from acg.plan.identity import Kind
from acg.plan.model import InputChange
from acg.plan.state import State, kind_of

Refuse = Callable[[Resource, Resource], str | None]


def adopt(
    resources: Iterable[Resource],
    *,
    external: Sequence[str] = (),
    unusable: Unusable = lambda _: None,
    refuse: Refuse = lambda _, __: None,
    formerly: bool = False,
) -> Adoption:
    """Make a catalog of what exists.

    Args:
        resources: Resource groups, galleries with their locks, definitions and versions, in azure-native's input form
            with their ids; other kinds are passed over.
        external: Patterns of definitions, as ``gallery/definition``, whose versions others publish.
        unusable: Why a resource cannot be managed, as a sentence; None if it can.
        refuse: Why a declaration, the second, does not go on with a resource, as a sentence; None if it does.
        formerly: Whether the resources' names are URNs of a stack, under which Pulumi manages them today.
    """
    state = State(resources)
    keys = Keys(state)
    subscription = _main_subscription(keys.galleries)
    # An address stands for the id to the letter: Pulumi would show another spelling as an update.
    addresses = {
        str(one.id): keys.lowered[one.name]
        for one in state.resources
        if kind_of(one) is Kind.VERSION and one.name in keys.lowered and unusable(one) is None
    }
    nodes = Nodes(
        state,
        keys,
        addresses=addresses,
        external=external,
        unusable=unusable,
        subscription=subscription,
        formerly=formerly,
    )
    return _Adopting(nodes, subscription, refuse).run()


class _Adopting:
    def __init__(self, nodes: Nodes, subscription: str | None, refuse: Refuse) -> None:
        self.nodes = nodes
        self.refuse = refuse
        self.subscription = subscription

    def run(self) -> Adoption:
        nodes, keys = self.nodes, self.nodes.keys
        for lock in keys.foreign_locks:
            nodes.leave(lock, f"A catalog's lock is called {LOCK}. This one goes on to hold, outside of the catalog.")
        document, lowered = self._declared()
        # What does not come out as it is in Azure is declared as existing; its neighbours may inherit other defaults
        # then, so everything is looked at again.
        while wrong := self._wrong(lowered):
            for name, reason in wrong.items():
                nodes.leave(nodes.state.by_name[name], reason)
            document, lowered = self._declared()
        existing = {name: nodes.state.by_name[one] for one, name in keys.lowered.items()}
        managed = {one.name: existing[one.name] for one in lowered.resources if one.managed and one.name in existing}
        left = sorted(nodes.left.values(), key=lambda one: (one.what, one.reason))
        return Adoption(document, lowered, managed, len(nodes.others), tuple(left), (), self.subscription)

    def _declared(self) -> tuple[Form, Lowered]:
        nodes, keys = self.nodes, self.nodes.keys
        groups = {keys.own[one.name]: nodes.group(one) for one in keys.groups}
        galleries = {keys.own[one.name]: nodes.gallery(one) for one in keys.galleries}
        document = factored({key: node for key, node in groups.items() if node is not None}, galleries)
        return document, lower(Catalog.model_validate(document))

    def _wrong(self, lowered: Lowered) -> dict[str, str]:
        """What the catalog would not ask for as it is."""
        after = State.of(lowered)
        found: dict[str, str] = {}
        problems = {_declaration(problem.path): f"{problem.message}." for problem in lowered.problems}
        for name, lowered_name in self.nodes.keys.lowered.items():
            resource = self.nodes.state.by_name[name]
            declared = after.by_name.get(lowered_name)
            if declared is None or not declared.managed:
                continue
            reason = problems.get(declared.path) or self.refuse(resource, declared)
            if reason is None and (
                differing := list(answered_differences(Pair(resource, declared), self.nodes.state, after))
            ):
                reason = _differing(differing)
            if reason is not None:
                found[name] = reason
        return found


def _main_subscription(galleries: Iterable[Resource]) -> str | None:
    counted = Counter(one.subscription for one in galleries if isinstance(one.subscription, str))
    return min(counted, key=lambda one: (-counted[one], one)) if counted else None


def _declaration(path: Path) -> Path:
    """The path of the gallery, definition or version that a path leads into."""
    for length, section in ((6, "versions"), (4, "images")):
        if len(path) >= length and path[length - 2] == section:
            return path[:length]
    return path[:2]


def _differing(found: list[InputChange]) -> str | None:
    """Why a resource cannot be managed whose declaration comes out differently; None if it does not."""
    if not found:
        return None
    return f"A catalog cannot say {listed(without_query(one.dotted) for one in found)} as it is in Azure."
