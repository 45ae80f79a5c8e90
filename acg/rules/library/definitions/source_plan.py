"""A definition has the purchase plan of what its versions are made from."""

from collections.abc import Iterator
from dataclasses import replace

from acg.azure.kinds import Kind
from acg.rules.conditions import machines_given, origins_given
from acg.rules.examples import UNKNOWN, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ImageVersion, Origin, Part
from acg.rules.words import shown

KEYS = ("publisher", "product", "name")

CARRIERS = (Kind.VIRTUAL_MACHINE, Kind.VERSION)
"""Kinds of sources that show the plan of what they descend from."""


@azure_rule(
    code="ACG202",
    name="source-plan",
    looks_at=ImageVersion,
    why="Machines from a Marketplace image carry its purchase plan; Azure refuses a version whose definition has "
    "another plan, or none.",
    fix="Give the definition the plan of the Marketplace image that the source descends from.",
    source="https://learn.microsoft.com/azure/virtual-machines/marketplace-images",
)
def source_plan(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    definition = index.definition(version)
    if definition is None:
        if origins_given(version, index):
            yield version.undecided("its image definition is not known here", ImageDefinition.NAME)
        return
    if definition.plan.inputs or machines_given(version, index):
        yield from _compare(version, definition, index)
        yield from version.late_system_origins


def _compare(version: ImageVersion, definition: ImageDefinition, index: ResourceIndex) -> Iterator[Outcome]:
    ours, seen = _written(definition.plan), False
    for reference, found in index.origins(version):
        theirs = _written(index.plan(found))
        if "dataDiskImages" in reference.path or not (theirs or _shows_none(found, index)):
            continue
        seen = True
        if theirs == ours:
            continue
        if theirs.lower() == ours.lower():
            spelled = f"whose plan {theirs} is spelled {ours} in the definition"
            yield version.fails(f"is made from {found.title}, {spelled}", reference.path, severity="warning")
        elif not ours and not definition.resource.managed:
            yield version.undecided("the plan of a definition that exists already is not known", reference.path)
        else:
            differs = f"whose plan is {theirs or 'none'} and not the definition's {ours or 'none'}"
            yield version.fails(f"is made from {found.title}, {differs}", reference.path)
    if not seen and (ours or any(reference.kind in CARRIERS for reference in index.outside(version))):
        yield version.undecided("the purchase plan of its source is not known", "storageProfile")


def _written(plan: Part) -> str:
    """``publisher/product/name``, or nothing. A promotion code has no counterpart in a definition."""
    parts = [plan.text(key) or "" for key in KEYS]
    return shown("/".join(parts)) if any(parts) else ""


def _shows_none(source: Origin, index: ResourceIndex) -> bool:
    """Whether a source without a plan is known to descend from none: only definitions always keep theirs."""
    definition = index.definition(source) if isinstance(source, ImageVersion) else None
    return definition is not None and definition.resource.managed


def examples() -> Examples:
    plan = {"publisher": "contoso-ms", "product": "sql2022", "name": "standard"}
    base = version(image="base")
    from_base = version(storage={"source": {"id": version_id("corp/base/1.0.0")}})
    from_machine = version(storage={"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}})
    vhd = {"uri": "https://contoso.blob.core.windows.net/vhds/os.vhd", "storageAccountId": UNKNOWN}
    return Examples(
        compliant=[
            case("no plan anywhere", definition("base"), base, definition(), from_base),
            case(
                "one plan", resource("VirtualMachine", "golden", plan=plan), definition(purchasePlan=plan), from_machine
            ),
            case(
                "a promotion code, which definitions have no place for",
                resource("VirtualMachine", "golden", plan={**plan, "promotionCode": "spring"}),
                definition(purchasePlan=plan),
                from_machine,
            ),
            case("a machine without one", resource("VirtualMachine", "golden"), definition(), from_machine),
        ],
        noncompliant=[
            case(
                "a plan that the definition lacks", definition("base", purchasePlan=plan), base, definition(), from_base
            ),
            case("a plan that the source lacks", definition("base"), base, definition(purchasePlan=plan), from_base),
            case(
                "another plan",
                resource("VirtualMachine", "golden", plan={**plan, "name": "web"}),
                definition(purchasePlan=plan),
                from_machine,
            ),
            case(
                "another spelling: a warning",
                resource("VirtualMachine", "golden", plan={**plan, "name": "Standard"}),
                definition(purchasePlan=plan),
                from_machine,
            ),
        ],
        undecided=[
            case(
                "a VHD, which carries no plan",
                definition(purchasePlan=plan),
                version(storage={"osDiskImage": {"source": vhd}}),
            ),
            case(
                "a disk that shows none",
                resource("Disk", "os"),
                definition(purchasePlan=plan),
                version(storage={"osDiskImage": {"source": {"id": resource_id("disks", "os")}}}),
            ),
            case(
                "a definition that exists already",
                resource("VirtualMachine", "golden", plan=plan),
                replace(definition(), managed=False),
                from_machine,
            ),
            case("a source that is known later", definition(), version(storage={"source": {"id": UNKNOWN}})),
        ],
    )
