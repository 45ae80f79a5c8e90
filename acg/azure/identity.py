"""Which resource of Azure something is, apart from what a catalog or a program calls it.

Two descriptions of one resource rarely know the same: a catalog may leave the subscription to the provider, a stack
knows its ids, and some names are known only after deployment. An `Identity` keeps what is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, Self, TypeVar

from acg.azure.kinds import KINDS, Kind
from acg.azure.resource_id import ResourceId

T = TypeVar("T")

_TOKENS = {row.kind: row.token for row in KINDS.values()}


class Identity(NamedTuple):
    """What is known of a resource's place in Azure, in lower case, so that equal text is the same resource.

    None stands for a part that is not known, or that is left to the provider (its subscription).
    """

    token: str
    """Type token of azure-native without an API version."""
    subscription: str | None
    resource_group: str | None
    names: tuple[str | None, ...]
    """Names in the id, outermost first: gallery, image definition, image version.

    Of a role assignment the gallery and the principal, whom Azure lets have a role on a gallery once only; of a lock
    the gallery and the lock.
    """

    @classmethod
    def of_id(cls, id_: ResourceId) -> Self | None:
        """What an id says; None for kinds that have no row and for extensions, whose ids lead over their scope."""
        token = _TOKENS.get(id_.kind)
        if token is None or id_.kind in (Kind.ROLE_ASSIGNMENT, Kind.LOCK):
            return None
        names = id_.names or (id_.resource_group or "",)
        group = (id_.resource_group or "").lower() or None
        return cls(token, id_.subscription, group, tuple(map(str.lower, names)))

    @property
    def gallery(self) -> str | None:
        """Name of the gallery that it is, or is part of."""
        return self._name(0)

    @property
    def definition(self) -> str | None:
        """Name of the image definition that it is, or is a version of."""
        return self._name(1)

    @property
    def version(self) -> str | None:
        """Number of the image version that it is."""
        return self._name(2)

    def _name(self, index: int) -> str | None:
        return self.names[index] if len(self.names) > index else None

    @property
    def is_named(self) -> bool:
        """Whether all its names are known."""
        return None not in self.names

    def may_be(self, other: "Identity") -> bool:
        """Whether both can be the same resource: nothing that both know differs."""
        return (
            self.token == other.token
            and len(self.names) == len(other.names)
            and all(
                one is None or another is None or one == another
                for one, another in zip(
                    (self.subscription, self.resource_group, *self.names),
                    (other.subscription, other.resource_group, *other.names),
                    strict=True,
                )
            )
        )


class ByIdentity(Generic[T]):
    """Values by the identity of the resource that they belong to."""

    def __init__(self, values: Iterable[tuple[Identity, T]]) -> None:
        self._by_names: defaultdict[tuple[str, tuple[str | None, ...]], list[tuple[Identity, T]]] = defaultdict(list)
        self._unnamed: list[tuple[Identity, T]] = []
        for identity, value in values:
            if identity.is_named:
                self._by_names[identity.token, identity.names].append((identity, value))
            else:
                self._unnamed.append((identity, value))

    def find(self, identity: Identity) -> list[T]:
        """The values of all resources that can be this one; of the very same one alone, where it is there."""
        found = [(other, value) for other, value in self._candidates(identity) if other.may_be(identity)]
        same = [value for other, value in found if other == identity]
        return same or [value for _, value in found]

    def _candidates(self, identity: Identity) -> Iterator[tuple[Identity, T]]:
        if identity.is_named:
            yield from self._by_names.get((identity.token, identity.names), ())
        else:
            for values in self._by_names.values():
                yield from values
        yield from self._unnamed
