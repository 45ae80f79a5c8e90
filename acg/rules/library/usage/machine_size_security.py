"""A machine has a size that makes machines of its security type."""

from collections.abc import Iterator
from typing import Any

from acg.azure.machine_sizes import MachineSize, machine_size
from acg.rules.examples import UNKNOWN, Examples, case, resource, version_id
from acg.rules.library.usage._booted import IMAGE_IDS, Machine
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ScaleSet, VirtualMachine


@azure_rule(
    code="ACG814",
    name="machine-size-security",
    looks_at=(VirtualMachine, ScaleSet),
    why="Confidential machines need a size with confidential hardware, which makes no others; Trusted Launch one of "
    "generation 2. Azure refuses the rest: “The VM size 'Standard_D2as_v5' is not supported for creation of VMs "
    "and Virtual Machine Scale Set with 'ConfidentialVM' security type”.",
    fix="Choose a size that fits securityProfile.securityType.",
    source="https://github.com/confidential-containers/cloud-api-adaptor/issues/1742",
)
def machine_size_security(machine: Machine) -> Iterator[Failure]:
    named = next((key for key in IMAGE_IDS if machine.image.has(key)), None)
    if machine.size is None or named is None:
        return  # the rules are about images of galleries
    size = machine_size(machine.size)
    if size is None:
        return
    given = machine.security.text("securityType")
    if not _fits(size, (given or "standard").lower()):
        what = f"the security type {given}" if given else "no security type"
        yield machine.image.fails(f"has {what} and the size {machine.size}", named)


def _fits(size: MachineSize, security: str) -> bool:
    if security == "confidentialvm":
        return size.confidential != "never"
    if security == "trustedlaunch" and size.only_generation == "V1":
        return False
    return size.confidential != "always"


def examples() -> Examples:
    def machine(security: object, size: object, image: object = None) -> Any:
        storage = {"imageReference": {"id": image or version_id("corp/ubuntu/1.0.0")}}
        profile = None if security is None else {"securityType": security}
        return resource(
            "VirtualMachine", "web", storageProfile=storage, securityProfile=profile, hardwareProfile={"vmSize": size}
        )

    def scale_set(security: str, size: str) -> Any:
        profile = {
            "storageProfile": {"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}},
            "securityProfile": {"securityType": security},
        }
        return resource("VirtualMachineScaleSet", "web", sku={"name": size}, virtualMachineProfile=profile)

    return Examples(
        compliant=[
            case("a confidential machine", machine("ConfidentialVM", "Standard_DC2as_v5")),
            case("Trusted Launch", machine("TrustedLaunch", "Standard_D2s_v5")),
            case("an ordinary machine of an early size", machine("Standard", "Standard_A4_v2")),
            case("an ordinary machine that confidential ones are nested in", machine(None, "Standard_DC16ads_cc_v5")),
            case("a confidential machine with a GPU", machine("ConfidentialVM", "Standard_NCC40ads_H100_v5")),
            case("a size that follows no convention", machine("ConfidentialVM", "Large")),
        ],
        noncompliant=[
            case("a confidential machine of an ordinary size", machine("ConfidentialVM", "Standard_D2as_v5")),
            case("a machine of a confidential size that is none", machine(None, "Standard_DC2as_v5")),
            case("Trusted Launch on a confidential size", machine("TrustedLaunch", "Standard_EC4eds_v5")),
            case("Trusted Launch on an early size", machine("TrustedLaunch", "Standard_A4_v2")),
            case("a scale set", scale_set("ConfidentialVM", "Standard_E4s_v5")),
            case("an image that is known later", machine("ConfidentialVM", "Standard_D2s_v5", UNKNOWN)),
        ],
        undecided=[
            case("a size that is known later", machine("ConfidentialVM", UNKNOWN)),
            case("a security type that is known later", machine(UNKNOWN, "Standard_D2s_v5")),
        ],
    )
