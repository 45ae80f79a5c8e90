"""The desired resource: what components register, what rules judge, what a plan compares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from acg.azure.kinds import Kind
from acg.catalog.placeholder import Placeholder


class Place(NamedTuple):
    """Where something is in a catalog. Lines and columns count from 1; None where the file alone is known."""

    file: str
    line: int | None
    column: int | None
    path: str
    """Path in the catalog, such as ``galleries.corp.images.ubuntu.versions.1.0.0``."""
    length: int = 1
    """Characters that are meant, from there on in that line."""


@dataclass(frozen=True, slots=True)
class Derived:
    """An input that follows from the id of another resource of the same set, known only once that one exists."""

    resource: str
    """Name of the other `Resource`."""
    template: str = "{id}"
    """Text with ``{id}`` and ``{subscription}``, both taken from the other resource's id."""
    as_uuid: bool = False
    """Whether the input is a UUID made of that text in lower case, instead of the text."""
    kind: Kind = Kind.VERSION
    """What it is the id of, where it is an id alone; what a catalog derives for sources are ids of versions."""

    def text(self, resource_id: str) -> str:
        """The input, once the other resource's id is known."""
        subscription = resource_id.split("/")[2]
        text = self.template.format(id=resource_id, subscription=subscription)
        return str(uuid5(NAMESPACE_URL, text.lower())) if self.as_uuid else text


def literal(text: str) -> str:
    """Text in a template, where braces of its own must not stand for what the engine will know."""
    return text.replace("{", "{{").replace("}", "}}")


@dataclass(frozen=True, slots=True)
class OneOf(Placeholder):
    """The id of one of several resources of the same set; which of them, only the deployment shows."""

    resources: tuple[str, ...] = ()
    """Names of the resources that it can be the id of."""


class Timeouts(NamedTuple):
    """How long Pulumi waits for each operation, as Pulumi writes durations (``90m``); None leaves its default."""

    create: str | None = None
    update: str | None = None
    delete: str | None = None


class Suppressed(NamedTuple):
    """A rule that this resource may break until the end of a day."""

    rule: str
    reason: str
    until: str


@dataclass(slots=True)
class Resource:
    """A resource as azure-native receives it, with what the project knows about it beside.

    Not frozen, because a catalog makes ten thousand of them; nothing changes one after it is built.
    """

    type: str
    """Type token, such as ``azure-native:compute:GalleryImageVersion``."""
    name: str
    """Logical name, derived from the physical ones: ``corp/ubuntu/1.0.3``; unique in its set."""
    inputs: dict[str, Any]
    """What azure-native receives, in its camelCase. May hold `Placeholder` and `Derived`."""
    parent: str | None = None
    """Name of the resource that this one lives in: a version's definition, a definition's gallery."""
    depends_on: tuple[str, ...] = ()
    """Names of other resources of the set that must exist first."""
    path: tuple[str | int, ...] = ()
    """Keys that lead to its declaration in the catalog."""
    source: Place | None = None
    """Where it was declared, once `SourceMap.put` has found it; or in an exported stack."""
    managed: bool = True
    """False for what exists already or what others publish: known, but never registered."""
    subscription: str | Placeholder | None = None
    """Subscription that it lives in; None is the provider's."""
    provider: str | None = None
    """Its provider, where the provider's subscription is known only after deployment; None is the one of all others."""
    id: str | None = None
    """Its id, where the resource exists and that is known: in an exported stack, never from a catalog."""
    formerly: str | None = None
    """Logical name or URN by which Pulumi knew it before it was renamed in the catalog."""
    protect: bool = False
    """Whether Pulumi refuses to delete or replace it."""
    replaced_for: tuple[str, ...] = ()
    """Inputs whose change makes a new resource, in paths that Pulumi's ``replace_on_changes`` takes."""
    waits: Timeouts = field(default_factory=Timeouts)
    """How long Pulumi waits for its operations."""
    expected_sizes: Mapping[int | None, int] = field(default_factory=dict)
    """Declared sizes of a version's disks in GB, by LUN; None is the operating system disk."""
    offered: tuple[str, ...] | None = None
    """Names of the image definitions that a lab plan or account offers; None if it does not say."""
    suppressed: tuple[Suppressed, ...] = ()
    """Rules that it may break for a while."""
    defaulted: tuple[str, ...] = ()
    """Keys of inputs that nobody declared and that Azure never lets change: what lowering chose holds for ever."""
