"""A machine has a security type that its image supports."""

from collections.abc import Iterator
from typing import Any

from acg.rules.examples import UNKNOWN, Case, Examples, case, definition, resource, resource_id, version, version_id
from acg.rules.index import ResourceIndex
from acg.rules.library.usage._booted import Booted, Machine, booted
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome
from acg.rules.views import ImageDefinition, ScaleSet, VirtualMachine

TRUSTED_LAUNCH_BY_DEFAULT = "2025-11-01"
"""From this API version a new machine that names no security type may get Trusted Launch. Whether it then
boots an image that is made for Trusted Launch alone, no source says: a warning, not an error.

Source: https://learn.microsoft.com/azure/virtual-machines/trusted-launch
"""

MADE_FOR = {
    "standard": {"standard"},
    "trustedlaunch": {"trustedlaunch"},
    "trustedlaunchsupported": {"standard", "trustedlaunch"},
    "confidentialvm": {"confidentialvm"},
    "confidentialvmsupported": {"standard", "confidentialvm"},
    "trustedlaunchandconfidentialvmsupported": {"standard", "trustedlaunch", "confidentialvm"},
}
"""Security types of machines by that of the image, all in lower case.

Source: https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries
"""


@azure_rule(
    code="ACG807",
    name="machine-security-type",
    looks_at=(VirtualMachine, ScaleSet),
    why="Azure refuses the machine: “The provided gallery image only supports creation of VMs and VM Scale Sets with "
    "'TrustedLaunch' security type.” The other way round it says “Use of TrustedLaunch setting is not supported for "
    "the provided image”.",
    fix="Set securityProfile.securityType to what the image is made for, or boot an image of another security type.",
    source="https://github.com/hashicorp/terraform-provider-azurerm/issues/23148",
)
def machine_security_type(machine: Machine, index: ResourceIndex) -> Iterator[Outcome]:
    image = booted(machine, index)
    if image is None or image.definition is None:
        return
    supported = MADE_FOR.get(image.definition.security_type.lower())
    if supported is None:
        return  # feature-values reports it
    written = machine.security.text("securityType")
    if written is not None:
        if written.lower() not in supported:
            yield machine.security.fails(_message(image, image.definition, written), "securityType")
    elif "standard" not in supported:
        may_be_given = machine.api >= TRUSTED_LAUNCH_BY_DEFAULT and "trustedlaunch" in supported
        severity = "warning" if may_be_given else "error"
        yield machine.fails(_message(image, image.definition, "none"), image.path, severity=severity)


def _message(image: Booted, definition: ImageDefinition, given: str) -> str:
    return f"boots {image.title}, which is {definition.security_type}, and has the security type {given}"


def examples() -> Examples:
    def image(value: object) -> Any:
        return definition(features=[{"name": "SecurityType", "value": value}])

    def machine(security: object, *, api: str | None = None) -> Any:
        storage = {"imageReference": {"id": version_id("corp/ubuntu/1.0.0")}}
        profile = None if security is None else {"securityType": security}
        return resource("VirtualMachine", "web", storageProfile=storage, securityProfile=profile, api=api)

    def scale_set(security: object) -> Any:
        profile = {
            "storageProfile": {"imageReference": {"id": resource_id("galleries", "corp/images/ubuntu")}},
            "securityProfile": {"securityType": security},
        }
        return resource("VirtualMachineScaleSet", "web", virtualMachineProfile=profile)

    def of(made_for: str, own: str) -> Case:
        return case(f"{own}, of an image that is {made_for}", image(made_for), version(), machine(own))

    return Examples(
        compliant=[
            case("Trusted Launch", image("TrustedLaunch"), version(), machine("TrustedLaunch")),
            case("any, of an image that supports it", image("TrustedLaunchSupported"), version(), machine("Standard")),
            case("none, of an image without", definition(), version(), machine(None)),
            case(
                "a confidential machine of an image for all",
                image("TrustedLaunchAndConfidentialVmSupported"),
                version(),
                machine("ConfidentialVM"),
            ),
            of("TrustedLaunchSupported", "TrustedLaunch"),
            of("ConfidentialVM", "ConfidentialVM"),
            of("ConfidentialVmSupported", "Standard"),
            of("ConfidentialVmSupported", "ConfidentialVM"),
            of("TrustedLaunchAndConfidentialVmSupported", "Standard"),
            of("TrustedLaunchAndConfidentialVmSupported", "TrustedLaunch"),
            case("an image of which nothing is known here", machine("TrustedLaunch")),
            case("an image with a security type that there is not", image("Shielded"), version(), machine("Standard")),
        ],
        noncompliant=[
            case("Standard, of an image for Trusted Launch", image("TrustedLaunch"), version(), machine("Standard")),
            case("none, of an image for Trusted Launch", image("TrustedLaunch"), version(), machine(None)),
            case(
                "none, where Trusted Launch may be the default: a warning",
                image("TrustedLaunch"),
                version(),
                machine(None, api="2025-11-01"),
            ),
            case("Trusted Launch, of an image without", definition(), version(), machine("TrustedLaunch")),
            of("TrustedLaunch", "ConfidentialVM"),
            of("ConfidentialVM", "Standard"),
            of("ConfidentialVM", "TrustedLaunch"),
            of("ConfidentialVmSupported", "TrustedLaunch"),
            case("a scale set of confidential machines", image("TrustedLaunchSupported"), scale_set("ConfidentialVM")),
        ],
        undecided=[
            case("a security type of the image that is known later", image(UNKNOWN), version(), machine("Standard")),
            case("one of the machine", image("TrustedLaunch"), version(), machine(UNKNOWN)),
        ],
    )
