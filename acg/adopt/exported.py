"""From an exported stack of a raw azure-native program to a catalog, under which Pulumi finds its resources again.

What the catalog does not manage leaves the stack first: an update deletes what a program no longer declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from acg.adopt.build import adopt
from acg.adopt.model import Adoption, LeftOut
from acg.azure import kinds
from acg.azure.mutability import create_only
from acg.desired.formerly import COMPONENT
from acg.desired.resource import Resource
from acg.plan.classify.match import logical_name
from acg.plan.identity import Kind
from acg.plan.proposals.commands import release_commands
from acg.plan.state import State, kind_of, token
from acg.state.exported import ExportedStack

_KEEP = "Keep it in the program, beside the catalog: `pulumi up` deletes what the program no longer declares."
_EXPLICIT = "Its program gives it a provider of its own, and Pulumi replaces what changes its provider."
_COMPONENT = "A component manages it already."
_REPLACED = (
    "The catalog sends {} otherwise than the program, and Pulumi would replace it. Write it into the program as Azure "
    "has it, deploy that once, and export again."
)
_NAMES = ("resourceGroupName", "galleryName", "galleryImageName", "galleryImageVersionName")
_ADOPTED = (Kind.RESOURCE_GROUP, Kind.GALLERY, Kind.DEFINITION, Kind.VERSION)


def adopt_stack(stack: ExportedStack, external: Iterable[str] = ()) -> Adoption:
    """Make a catalog of what a stack deploys.

    Args:
        stack: The exported stack.
        external: Patterns of definitions, as ``gallery/definition``, whose versions others publish.
    """
    mine: list[Resource] = []
    left: list[LeftOut] = []
    for one in stack.resources:
        if not one.managed or one.type.startswith("pulumi:"):
            continue
        if kind_of(one) in _ADOPTED:
            mine.append(replace(one, inputs={key: value for key, value in one.inputs.items() if key[:2] != "__"}))
        else:
            left.append(LeftOut(f"{token(one)} {logical_name(one)}", _KEEP, declared=False, resource=one.name))

    def unusable(resource: Resource) -> str | None:
        if COMPONENT in resource.name:
            return _COMPONENT
        return _EXPLICIT if resource.name in stack.explicit else None

    made = adopt(mine, external=tuple(external), unusable=unusable, refuse=_replaced, formerly=True)
    managed = {one.name for one in made.managed.values()}
    state = State(stack.resources)
    released = [state.by_name[one.name] for one in reversed(mine) if one.name not in managed]
    commands = tuple(command for one in released for command in release_commands(one, state))
    return made._replace(left_out=(*made.left_out, *sorted(left)), commands=commands)


def _replaced(exists: Resource, declared: Resource) -> str | None:
    """Why Pulumi would replace what Azure takes for the same: it compares by letter what can never change."""
    row = kinds.KINDS[declared.type]
    for path in create_only(row.class_name):
        keys = path.split(".")
        if keys[0] in ("location", *_NAMES):
            continue  # the plugin compares these without regard to case, and names are those of the resource
        before, after = _at(exists.inputs, keys), _at(declared.inputs, keys)
        if (before is None) is not (after is None) or (isinstance(before, str) and before != after):
            return _REPLACED.format(path)
    return None


def _at(inputs: Any, keys: list[str]) -> Any:
    for key in keys:
        inputs = inputs.get(key) if isinstance(inputs, Mapping) else None
    return inputs
