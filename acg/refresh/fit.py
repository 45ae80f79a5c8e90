"""Whether a source can become a version of a definition, and which number it brings along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acg.azure.version_number import VersionNumber
from acg.desired.refresh.lines import in_line, parsed
from acg.refresh.declared import Image, Line
from acg.refresh.model import Cause
from acg.state.observed import Source, SourceKind


def misfits(source: Source, image: Image) -> Iterator[tuple[Cause, str]]:
    """Why a definition cannot have a version of a source; what Azure does not say is no reason.

    Source: https://learn.microsoft.com/azure/virtual-machines/image-version and its page about encryption
    """
    inputs = image.resource.inputs
    if source.provisioning_state is None:
        yield Cause.UNKNOWN, "Azure does not say whether it is complete"
    elif source.provisioning_state.lower() != "succeeded":
        yield Cause.UNFIT, f"it is {source.provisioning_state}, not Succeeded"
    near = (source.region, *source.regions) if source.kind is SourceKind.VERSION else (source.region,)
    if image.location is not None and image.location not in near:
        yield Cause.UNFIT, f"it is in {' and '.join(dict.fromkeys(near))}, the version in {image.location}"
    if source.kind in (SourceKind.DISK, SourceKind.SNAPSHOT) and source.os_type is None:
        yield Cause.UNFIT, "it holds no operating system"
    said = (
        ("osType", source.os_type),
        ("osState", source.os_state),
        ("hyperVGeneration", source.generation),
        ("architecture", source.architecture),
    )
    for key, value in said:
        wanted = inputs.get(key) or ("x64" if key == "architecture" else None)
        if value is not None and isinstance(wanted, str) and value.lower() != wanted.lower():
            yield Cause.UNFIT, f"its {key} is {value}, the definition's {wanted}"
    if source.plan is not None and _plan(inputs.get("purchasePlan") or {}) != tuple(
        (part or "").lower() for part in source.plan
    ):
        yield Cause.UNFIT, "its purchase plan is not the definition's"
    if source.customer_key:
        yield Cause.UNFIT, "it is encrypted with a customer's key, and Azure takes no such version as a source"


def _plan(plan: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(plan.get(key) or "").lower() for key in ("name", "publisher", "product"))


def given_number(source: Source, line: Line) -> VersionNumber | str:
    """The number that a source brings along, or why it has none."""
    tag = line.policy.number.tag
    text = source.name if tag is None else source.tags.get(tag)
    if text is None:
        return f"it has no tag {tag}"
    number = parsed(text)
    if number is None:
        return f"{text!r} is no version number"
    if not in_line(number, line.name):
        return f"{number} is not of line {line.name}"
    return number
