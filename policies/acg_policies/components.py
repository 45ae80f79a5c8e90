"""What this project's components know of their children and azure-native does not: sizes, suppressions, places.

A component is registered before its children and carries this among its inputs. The children are judged with it; the
component itself is not, so that one fault is one violation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from acg.azure.regions import Region
from acg.desired.metadata import ComponentMetadata
from acg.desired.resource import Place, Suppressed

from .wire import Properties

_TYPES: Final = frozenset(
    {"acg:index:Gallery", "acg:index:ImageDefinition", "acg:index:ImageVersion", "acg:index:LabPlan"}
)


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared about a resource beside what Azure receives."""

    sizes: Mapping[int | None, int] = field(default_factory=dict)
    offered: tuple[str, ...] | None = None
    suppressed: tuple[Suppressed, ...] = ()
    place: Place | None = None


NOTHING: Final = Declared()


class Components:
    """The components that the engine has shown so far."""

    def __init__(self) -> None:
        self._inputs: dict[str, Properties] = {}

    def takes(self, token: str) -> bool:
        """Whether a type is a component of this project."""
        return token in _TYPES

    def add(self, urn: str, inputs: Properties) -> None:
        """Take a component in."""
        self._inputs[urn] = inputs

    def regions(self, urn: str) -> list[Region]:
        """The regions that the catalog of a component adds."""
        inputs = self._inputs.get(urn)
        try:
            return ComponentMetadata(urn, inputs.public).regions() if inputs is not None else []
        except (AttributeError, KeyError, TypeError, ValueError):
            return []  # somebody else's component of that name

    def about(self, parent: str, name: str) -> tuple[Declared, Declared]:
        """What the component that is a resource's parent says about it, and the same without secrets.

        Only sizes are taken from a secret: suppressions and places are there to be shown.
        """
        inputs = self._inputs.get(parent)
        if inputs is None:
            return NOTHING, NOTHING
        public = _declared(parent, inputs.public, name)
        if inputs.public is inputs.plain:
            return public, public
        return replace(public, sizes=_declared(parent, inputs.plain, name).sizes), public


def _declared(component: str, inputs: dict[str, Any], name: str) -> Declared:
    metadata = ComponentMetadata(component, inputs)
    try:
        return Declared(
            metadata.expected_sizes(name), metadata.offered(name), metadata.suppressed(name), metadata.place(name)
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        # Not what our components send: somebody else's component of that name, or a value that is not known yet.
        return NOTHING
