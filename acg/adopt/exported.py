"""From an exported stack of a raw azure-native program to a catalog, under which Pulumi finds its resources again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from acg.adopt.build import adopt
from acg.adopt.model import Adoption, LeftOut
from acg.desired.formerly import COMPONENT
from acg.desired.resource import Resource
from acg.plan.classify.match import logical_name
from acg.plan.identity import Kind
from acg.plan.state import kind_of, token

_KEEP = "Keep it in the program, beside the catalog: `pulumi up` deletes what the program no longer declares."
_ADOPTED = (Kind.RESOURCE_GROUP, Kind.GALLERY, Kind.DEFINITION, Kind.VERSION)


def adopt_stack(resources: Iterable[Resource], external: tuple[str, ...] = ()) -> Adoption:
    """Make a catalog of what a stack deploys.

    Args:
        resources: The resources of an exported stack.
        external: Patterns of definitions, as ``gallery/definition``, whose versions others publish.
    """
    mine: list[Resource] = []
    left: list[LeftOut] = []
    for one in resources:
        if not one.managed or one.type.startswith("pulumi:"):
            continue
        if kind_of(one) in _ADOPTED:
            mine.append(replace(one, inputs={key: value for key, value in one.inputs.items() if key[:2] != "__"}))
        else:
            left.append(LeftOut(f"{token(one)} {logical_name(one)}", _KEEP, declared=False))

    def unusable(resource: Resource) -> str | None:
        return "A component manages it already." if COMPONENT in resource.name else None

    made = adopt(mine, external=external, unusable=unusable, formerly=True)
    return made._replace(left_out=(*made.left_out, *sorted(left)))


_KEEP = (
    "Keep it in the program, beside the catalog's galleries: `pulumi up` deletes what the program no longer declares."
)
