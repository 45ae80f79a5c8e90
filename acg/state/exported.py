"""The resources of an exported stack, as `pulumi stack export` writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from acg.azure.regions import Region
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.catalog.placeholder import Placeholder
from acg.desired.metadata import ComponentMetadata
from acg.desired.resource import Resource
from acg.errors import Problem
from acg.input_file import InputFileError, read_json
from acg.state.read_back import with_read_back_sizes

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""Marks of the engine. Source: https://github.com/pulumi/pulumi, sdk/go/common/resource/properties.go."""

_API_VERSION = "azureApiVersion"
"""An input that azure-native adds for itself; Azure never gets it."""


class ExportedStack(NamedTuple):
    """What an exported stack holds."""

    resources: list[Resource]
    problems: tuple[Problem, ...] = ()
    """What of the file cannot be used."""
    regions: tuple[Region, ...] = ()
    """Regions that the catalogs of our components add."""
    explicit: frozenset[str] = frozenset()
    """URNs of resources that have a provider which their program made, in place of Pulumi's default one."""


def read_stack_file(path: Path) -> ExportedStack:
    """Read an exported stack."""
    try:
        data = read_json(path)
    except InputFileError as error:
        return ExportedStack([], (error.problem("ACG001", path),))
    deployment = data.get("deployment") if isinstance(data, dict) else None
    listed = deployment.get("resources", []) if isinstance(deployment, dict) else None
    if not isinstance(listed, list):
        problem = _problem(path, "is not an exported stack: it has no deployment with resources")
        return ExportedStack([], (problem,))
    problems = tuple(
        _problem(path, f"deployment.resources[{index}] is not a resource: it has no {missing}")
        for index, entry in enumerate(listed)
        if (missing := _missing(entry))
    )
    entries = [entry for entry in listed if not _missing(entry)]
    return stack_of(entries)._replace(problems=problems)


def stack_of(entries: Sequence[Mapping[str, Any]]) -> ExportedStack:
    """What a stack holds, from the states of its resources as the engine writes them."""
    explicit = frozenset(str(entry.get("urn")) for entry in entries if _has_own_provider(entry))
    return ExportedStack(resources_of(entries), regions=tuple(_added_regions(entries)), explicit=explicit)


def _has_own_provider(entry: Mapping[str, Any]) -> bool:
    """Whether the reference, ``URN::ID``, is to a provider of the program: Pulumi calls its own ``default_3_29_0``."""
    reference = entry.get("provider")
    return isinstance(reference, str) and not reference.rpartition("::")[0].rpartition("::")[2].startswith("default")


def _missing(entry: object) -> str | None:
    """What makes an entry no resource."""
    if not isinstance(entry, dict):
        return "urn"
    return next((key for key in ("urn", "type") if not isinstance(entry.get(key), str)), None)


def resources_of(entries: Iterable[Mapping[str, Any]]) -> list[Resource]:
    """Resources of a deployment, without those that wait to be deleted.

    What this project's components carry about the resources beneath them, such as suppressions, is theirs again.
    """
    plain = _Plain()
    components: dict[str, ComponentMetadata] = {}
    found: list[Resource] = []
    for entry in entries:
        urn, inputs = str(entry.get("urn", "")), plain.mapping(entry.get("inputs"))
        for name in [name for name in inputs if name == _API_VERSION or name.startswith("__")]:
            del inputs[name]  # the provider's and the engine's own, such as __imported
        if _is_component(entry):
            components[urn] = ComponentMetadata(urn, inputs)
        elif entry.get("custom") and urn and not entry.get("delete"):
            resource = _resource(entry, urn, with_read_back_sizes(inputs, plain.mapping(entry.get("outputs"))))
            metadata = components.get(str(entry.get("parent")))
            found.append(_completed(resource, metadata, urn.rsplit("::", 1)[-1]) if metadata else resource)
    managed = {resource.name for resource in found}
    return [*found, *(one for one in _existing(components) if one.name not in managed)]


def _existing(components: Mapping[str, ComponentMetadata]) -> Iterator[Resource]:
    """What components refer to and do not manage, by the URNs that it would have if they did."""
    for urn, metadata in components.items():
        try:
            listed = metadata.existing()
        except (AttributeError, KeyError, StopIteration, TypeError, ValueError):
            continue  # somebody else's component of that name
        above = urn.rpartition("::")[0]
        for resource in listed:
            yield replace(
                resource, name=f"{above}${resource.type}::{resource.name}", source=metadata.place(resource.name)
            )


def _added_regions(entries: Iterable[Mapping[str, Any]]) -> Iterator[Region]:
    for entry in entries:
        if _is_component(entry):
            try:
                yield from ComponentMetadata(str(entry.get("urn")), _Plain().mapping(entry.get("inputs"))).regions()
            except (AttributeError, KeyError, TypeError, ValueError):
                continue  # somebody else's component of that name


def _is_component(entry: Mapping[str, Any]) -> bool:
    return not entry.get("custom") and str(entry.get("type")).startswith("acg:index:")


def _resource(entry: Mapping[str, Any], urn: str, inputs: dict[str, Any]) -> Resource:
    id_ = _id(entry.get("id"))
    return Resource(
        type=str(entry.get("type", "")),
        name=urn,
        inputs=inputs,
        depends_on=tuple(one for one in _sequence(entry.get("dependencies")) if isinstance(one, str)),
        subscription=None if id_ is None else id_.subscription,
        id=None if id_ is None else str(id_),
        managed=not entry.get("external", False),
        protect=entry.get("protect") is True,
    )


def _completed(resource: Resource, metadata: ComponentMetadata, name: str) -> Resource:
    try:
        return replace(
            resource,
            source=metadata.place(name),
            expected_sizes=metadata.expected_sizes(name),
            offered=metadata.offered(name),
            suppressed=metadata.suppressed(name),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return resource  # somebody else's component of that name


_MAPPINGS = frozenset(
    {
        *("publishingProfile", "storageProfile", "safetyProfile", "sharingProfile", "softDeletePolicy", "tags"),
        *("osDiskImage", "source", "encryption", "identifier", "purchasePlan", "identity", "securityProfile"),
        *("extendedLocation", "recommended", "disallowed"),
    }
)
_LISTS = frozenset({"targetRegions", "targetExtendedLocations", "dataDiskImages", "additionalReplicaSets", "features"})
"""Inputs of galleries and what they hold, by their shape in Azure; lists are of mappings."""


def _are_mappings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) and _SIGNATURE not in one for one in value)


class _Plain:
    """Values without the engine's marks; what the export does not contain becomes a placeholder."""

    def __init__(self) -> None:
        self._keys = count()

    def mapping(self, value: Any) -> dict[str, Any]:
        return {key: self._part(key, one) for key, one in value.items()} if isinstance(value, Mapping) else {}

    def _part(self, key: str, value: Any) -> Any:
        """A value under its key. What has another shape than Azure's means nothing, like what is not known."""
        if value is not None and key in _MAPPINGS and not isinstance(value, Mapping):
            return Placeholder(next(self._keys))
        if value is not None and key in _LISTS and not _are_mappings(value):
            return Placeholder(next(self._keys))
        return self.value(value)

    def value(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            # Secrets too are not looked at, in plain text or not: no message can then repeat one.
            return Placeholder(next(self._keys)) if _SIGNATURE in value else self.mapping(value)
        if isinstance(value, list):
            return [self.value(one) for one in value]
        return Placeholder(next(self._keys)) if value == _UNKNOWN else value


def _sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _id(text: Any) -> ResourceId | None:
    try:
        return ResourceId.parse(text)
    except ResourceIdError:
        return None


def _problem(path: Path, cause: str) -> Problem:
    fix = "Give the file that `pulumi stack export --file FILE` writes."
    return Problem(code="ACG001", message=cause, fix=fix, file=str(path))
