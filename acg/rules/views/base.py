"""A typed reading of a resource's inputs, each value read when a rule asks for it.

Inputs come from the catalog or from the engine: numbers may be floats, values null, missing or known only after
deployment. A view answers with the plain type, with None for what is null or missing, and ends the rule as undecided
for what has no value yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from acg.azure.kinds import KINDS, Kind, ResourceKind
from acg.catalog.placeholder import Placeholder
from acg.desired.names import titled
from acg.desired.resource import Derived, Resource
from acg.errors import brief
from acg.path import Path, dotted
from acg.rules.verdict import Failure, Severity, Undecided, UnknownValueError
from acg.rules.views.lazy import lazy
from acg.rules.views.reference import Reference
from acg.rules.views.regions import canonical

P = TypeVar("P", bound="Part")

NOTHING: dict[str, Any] = {}


class Part:
    """A mapping somewhere in a resource's inputs, and the way to it."""

    def __init__(self, inputs: Mapping[str, Any], path: Path = (), owner: View | None = None) -> None:
        self.inputs = inputs
        self.path = path
        self.owner = owner
        """The resource's view; None in what is shared by all resources with the same inputs."""

    def fails(
        self, message: str, at: str | Path = (), *, fix: str | None = None, severity: Severity | None = None
    ) -> Failure:
        """A failure at an input of this part. ``at`` is a key, dotted keys, or a tuple where lists are on the way."""
        return Failure(brief(message), self._at(at), fix and brief(fix), severity, self._resource)

    def undecided(self, reason: str, at: str | Path = ()) -> Undecided:
        """The verdict that the rule is undecided for want of an input of this part."""
        return Undecided(brief(reason), self._at(at), self._resource)

    def has(self, key: str) -> bool:
        """Whether an input is given, be it with a value that is known only after deployment."""
        return self.inputs.get(key) is not None

    def knows(self, key: str) -> bool:
        """Whether an input is given and its value known."""
        value = self.inputs.get(key)
        return value is not None and not isinstance(value, Placeholder | Derived)

    def text(self, key: str) -> str | None:
        """An input that is text."""
        value = self.inputs.get(key)
        if value is None or value.__class__ is str:
            return value
        raise self._unreadable(key, value, "text")

    def number(self, key: str) -> int | None:
        """An input that is a whole number; the engine hands all numbers on as floats."""
        value = self.inputs.get(key)
        if value is None or value.__class__ is int:
            return value
        if value.__class__ is float and value.is_integer():
            return int(value)
        raise self._unreadable(key, value, "a whole number")

    def flag(self, key: str) -> bool | None:
        """An input that is true or false."""
        value = self.inputs.get(key)
        if value is None or value.__class__ is bool:
            return value
        raise self._unreadable(key, value, "true or false")

    def mapping(self, key: str) -> Mapping[str, Any]:
        """An input that is a mapping; empty where there is none."""
        value = self.inputs.get(key)
        if value is None:
            return NOTHING
        if value.__class__ is dict or isinstance(value, Mapping):
            return value
        raise self._unreadable(key, value, "a mapping")

    def part(self, key: str, of: Callable[[Mapping[str, Any], Path, View | None], P]) -> P:
        """A mapping below, as a part of its own; an empty one where there is none."""
        return of(self.mapping(key), (*self.path, key), self.owner)

    def parts(self, key: str, of: Callable[[Mapping[str, Any], Path, View | None], P]) -> tuple[P, ...]:
        """A list of mappings below, each as a part; empty where there is none."""
        values = self.sequence(key)
        if not values:
            return ()
        found: list[P] = []
        for index, value in enumerate(values):
            if not isinstance(value, Mapping):
                raise self._unreadable((key, index), value, "a mapping")
            found.append(of(value, (*self.path, key, index), self.owner))
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of text below; empty where there is none."""
        values = self.sequence(key)
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise self._unreadable((key, index), value, "text")
        return tuple(values)

    def sequence(self, key: str) -> Iterable[Any]:
        """A list below; empty where there is none."""
        value = self.inputs.get(key)
        if value is None:
            return ()
        if isinstance(value, list | tuple):
            return value
        raise self._unreadable(key, value, "a list")

    def reference(self, key: str) -> Reference | None:
        """An input that is the id of another resource."""
        value = self.inputs.get(key)
        if value is None:
            return None
        if value.__class__ is str:
            return Reference(value, (*self.path, key))
        if isinstance(value, Derived):
            return Reference(value, (*self.path, key))
        raise self._unreadable(key, value, "text")

    @property
    def _resource(self) -> Resource | None:
        return self.owner.resource if self.owner is not None else None

    def _at(self, at: str | Path) -> Path:
        return (*self.path, *(at.split(".") if isinstance(at, str) and at else at))

    def _unreadable(self, at: str | Path, value: object, wanted: str) -> UnknownValueError:
        path = self._at(at)
        late = isinstance(value, Placeholder | Derived)
        reason = "is known only after deployment" if late else f"is not {wanted}"
        return UnknownValueError(path, f"{dotted(path)} {reason}")


class View(Part):
    """A resource as the rules of its type read it."""

    ROW: ResourceKind
    """What kind of resource it is a view of."""
    TYPE: str
    """Type token without a version, such as ``azure-native:compute:Gallery``."""
    NAME: str
    """Input that holds the physical name."""
    ARM: str
    """Its type in ids, below the resource provider and what it lives in, such as ``galleries``."""
    KIND: Kind
    """What its id is the id of."""

    def __init_subclass__(cls, token: str | None = None, row: ResourceKind | None = None) -> None:
        super().__init_subclass__()
        row = KINDS[token] if token is not None else row
        if row is not None:
            cls.ROW, token = row, row.token
            cls.TYPE, cls.NAME, cls.ARM, cls.KIND = token, row.name_input, row.types[-1], row.kind

    def __init__(self, resource: Resource, api: str = "") -> None:
        self.resource = resource
        self.inputs = resource.inputs
        self.path = ()
        self.owner = self
        self.api = api
        """API version that the resource is sent with, such as 2024-03-03. Later ones compare as greater."""

    @property
    def name(self) -> str | None:
        """Physical name; None where Pulumi makes one up."""
        return self.text(self.NAME)

    @property
    def known_name(self) -> str | None:
        """Physical name in lower case; None also where it is known only after deployment."""
        name = self.inputs.get(self.NAME)
        return name.lower() if isinstance(name, str) else None

    @property
    def is_named(self) -> bool:
        """Whether all names in its id are known."""
        keys = ("resourceGroupName", *self.ROW.name_inputs)
        return not any(isinstance(self.inputs.get(key), Placeholder | Derived) for key in keys)

    @lazy
    def location(self) -> str | None:
        """Canonical name of the region that it lives in."""
        name = self.text("location")
        return canonical(name) if name else None

    @property
    def resource_group(self) -> str | None:
        return self.text("resourceGroupName")

    @property
    def subscription(self) -> str | None:
        """Subscription that it lives in; None is the provider's, which is not known here."""
        given = self.resource.subscription
        if isinstance(given, Placeholder):
            raise UnknownValueError((), "its subscription is known only after deployment")
        return given.lower() if given else None

    @property
    def title(self) -> str:
        """How messages call the resource."""
        return title(self.resource)


def title(resource: Resource) -> str:
    """How messages call a resource: ``corp/ubuntu/1.0.3`` from a catalog; of a URN by the name in its program."""
    name = resource.name
    return titled(name.rsplit("::", 1)[-1] if name.startswith("urn:pulumi:") else name)
