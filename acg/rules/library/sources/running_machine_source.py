"""A virtual machine is stopped before a version is made from it."""

from collections.abc import Iterator

from acg.rules.conditions import origins_known
from acg.rules.examples import UNKNOWN, Examples, case, resource, resource_id, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion, VirtualMachine


@azure_rule(
    code="ACG308",
    name="running-machine-source",
    looks_at=ImageVersion,
    only_if=origins_known,
    severity="warning",
    why="A machine that is declared beside the version starts when it is created. Captured while it runs, its disks "
    "may be half written, and a generalized image wants a machine that was deallocated and marked as "
    "generalized. Sources disagree whether a specialized one may be captured while it runs.",
    fix="Stop the machine between two deployments, or make the version from a managed image or snapshot of it.",
    source="https://learn.microsoft.com/azure/virtual-machines/capture-image-resource",
)
def running_machine_source(version: ImageVersion, index: ResourceIndex) -> Iterator[Outcome]:
    for reference, found in index.origins(version):
        if isinstance(found, VirtualMachine) and found.resource.managed:
            yield version.fails(
                f"is made from {found.title}, which is deployed with it and not known to be stopped", reference.path
            )
    yield from version.late_origins


def examples() -> Examples:
    golden = {"source": {"virtualMachineId": resource_id("virtualMachines", "golden")}}
    return Examples(
        compliant=[
            case("a machine that others look after", version(storage=golden)),
            case("a managed image", resource("Image", "built"), version()),
        ],
        noncompliant=[
            case("a machine of the same stack", resource("VirtualMachine", "golden"), version(storage=golden))
        ],
        undecided=[case("a source that is known later", version(storage={"source": {"id": UNKNOWN}}))],
    )
