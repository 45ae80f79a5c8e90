"""What each resource of a catalog asks of ids that the catalog does not create."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from acg.azure import kinds, known_values
from acg.azure.kinds import KINDS, Kind
from acg.azure.resource_id import ResourceId, ResourceIdError
from acg.desired.resource import Resource
from acg.sources.wanted import LeftOut, Request, Traits

_OF_VERSION: Final = {Kind.MANAGED_IMAGE, Kind.VIRTUAL_MACHINE, Kind.VERSION, Kind.COMMUNITY_VERSION}
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "osType": known_values.OS_TYPES,
    "osState": known_values.OS_STATES,
    "hyperVGeneration": known_values.GENERATIONS,
    "architecture": known_values.ARCHITECTURES,
}
_OF_DISK: Final = {Kind.DISK, Kind.SNAPSHOT}

Found = Iterator[Request | LeftOut]


class Requests:
    """Reads what the resources of one catalog ask for."""

    def __init__(self, resources: Mapping[str, Resource], subscription: str | None) -> None:
        """Args: all resources by name, and the subscription of those that name none."""
        self._resources = resources
        self._subscription = subscription

    def of(self, resource: Resource) -> Found:
        """What one resource needs: the existing resource that it is, or all that it is made from."""
        if resource.type == kinds.GALLERY:
            yield from self._top(resource)
        elif resource.type == kinds.LAB_PLAN and resource.managed:
            yield from self._top(resource)
            yield from self._attached(resource)
        elif resource.type == kinds.IMAGE and not resource.managed:
            yield from self._declared(resource, "a gallery")
        elif resource.type == kinds.VERSION and not resource.managed:
            yield from self._declared(resource, "an image definition")
        elif resource.type == kinds.VERSION:
            yield from self._sources(resource)
            yield from self._encryption_sets(resource)

    def id_of(self, resource: Resource) -> ResourceId | None:
        """The id of a declared resource; None where the catalog does not show it, or a rule refuses the names in it."""
        kind = KINDS[resource.type]
        subscription, group = resource.subscription or self._subscription, resource.inputs["resourceGroupName"]
        if not isinstance(subscription, str) or not isinstance(group, str):
            return None
        names = [resource.inputs[key] for key in kind.name_inputs]
        try:
            return ResourceId.parse(kind.id(names, subscription=subscription, group=group))
        except ResourceIdError:
            return None

    def _top(self, resource: Resource) -> Found:
        """A gallery or lab plan: its group, unless the catalog creates that; itself, if it exists."""
        if any(self._resources[name].type == kinds.RESOURCE_GROUP for name in resource.depends_on):
            return
        id_ = self.id_of(resource)
        if id_ is None:
            if resource.subscription is None and self._subscription is None:
                why = "its subscription is the provider's, which the catalog does not name; --subscription does"
            else:
                why = "no id can be put together of the names that the catalog gives"
            yield LeftOut(f"resource group {resource.inputs['resourceGroupName']}", resource.name, why)
            return
        if not resource.managed:
            yield Request(id_, resource.name, _location(resource))
            return
        group = f"/subscriptions/{id_.subscription}/resourceGroups/{id_.resource_group}"
        yield Request(ResourceId.parse(group), resource.name, _location(resource))

    def _attached(self, plan: Resource) -> Found:
        """The gallery that labs take images from, where the plan names its id."""
        if isinstance(given := plan.inputs.get("sharedGalleryId"), str):
            id_ = _parsed(given, plan, {Kind.GALLERY})
            yield id_ if isinstance(id_, LeftOut) else Request(id_, plan.name, _location(plan))

    def _declared(self, resource: Resource, parent: str) -> Found:
        """A definition or version that exists, or that others publish."""
        above = self._resources[resource.parent or ""]
        if above.managed:
            why = f"it is in {parent} that this catalog creates, so it cannot exist before the first deployment"
            yield LeftOut(f"{KINDS[resource.type].title} {resource.name}", resource.name, why)
        elif (id_ := self.id_of(resource)) is not None:
            if resource.type == kinds.IMAGE:
                known = resource.inputs.get("identifier")
                yield Request(id_, resource.name, _location(resource), traits(resource), identifier=known)
                return
            targets = resource.inputs["publishingProfile"].get("targetRegions") or ()
            regions = (*_location(resource), *(target["name"] for target in targets))
            yield Request(id_, resource.name, regions, None, _sizes(resource))

    def _sources(self, version: Resource) -> Found:
        storage = version.inputs["storageProfile"]
        definition = traits(self._resources[version.parent or ""])
        source: Mapping[str, Any] = storage.get("source") or {}
        for given in (source.get("id"), source.get("virtualMachineId"), source.get("communityGalleryImageId")):
            if isinstance(given, str):
                yield from self._whole(version, given, definition)
        if (first := storage.get("osDiskImage")) is not None:
            yield from self._disk(version, None, first, definition)
        for disk in storage.get("dataDiskImages") or ():
            yield from self._disk(version, disk["lun"], disk, None)

    def _whole(self, version: Resource, given: str, definition: Traits) -> Found:
        id_ = _parsed(given, version, _OF_VERSION)
        if isinstance(id_, LeftOut):
            yield id_
            return
        yield Request(id_, version.name, _location(version), definition, _sizes(version))

    def _disk(self, version: Resource, lun: int | None, disk: Mapping[str, Any], definition: Traits | None) -> Found:
        source: Mapping[str, Any] = disk.get("source") or {}
        size: dict[int | None, int | None] = {None: version.expected_sizes.get(lun)}
        here = _location(version)
        if isinstance(given := source.get("id"), str):
            id_ = _parsed(given, version, _OF_DISK)
            yield id_ if isinstance(id_, LeftOut) else Request(id_, version.name, here, definition, size)
        if isinstance(uri := source.get("uri"), str):
            blob = uri.partition("?")[0]  # what follows can be a signature, which is a secret
            account = source.get("storageAccountId")
            if not isinstance(account, str):
                yield LeftOut(blob, version.name, "the version names no storage account for it")
                return
            id_ = _parsed(account, version, {Kind.STORAGE_ACCOUNT})
            yield id_ if isinstance(id_, LeftOut) else Request(id_, version.name, here, definition, size, blob)

    def _encryption_sets(self, version: Resource) -> Found:
        profile = version.inputs["publishingProfile"]
        for target in profile.get("targetRegions") or ():
            encryption: Mapping[str, Any] = target.get("encryption") or {}
            first: Mapping[str, Any] = encryption.get("osDiskImage") or {}
            secure: Mapping[str, Any] = first.get("securityProfile") or {}
            named = [(first.get("diskEncryptionSetId"), False)]
            named += [(disk.get("diskEncryptionSetId"), False) for disk in encryption.get("dataDiskImages") or ()]
            named += [(secure.get("secureVMDiskEncryptionSetId"), True)]
            for given, confidential in named:
                if isinstance(given, str):
                    id_ = _parsed(given, version, {Kind.DISK_ENCRYPTION_SET})
                    if isinstance(id_, LeftOut):
                        yield id_
                    else:
                        yield Request(id_, version.name, (target["name"],), confidential=confidential)


def traits(definition: Resource) -> Traits:
    """What a definition asks of the operating system of its sources, in the spelling in which Azure shows it."""
    inputs = definition.inputs
    words = [_spelled(inputs.get(key), known) for key, known in _WORDS.items()]
    return Traits(*words, plan=inputs.get("purchasePlan"))


def _spelled(value: str | None, known: tuple[str, ...]) -> str | None:
    return None if value is None else next((one for one in known if one.lower() == value.lower()), value)


def _location(resource: Resource) -> tuple[str, ...]:
    location = resource.inputs.get("location")
    return (location,) if isinstance(location, str) else ()


def _sizes(version: Resource) -> dict[int | None, int | None]:
    """Every disk of a version that has one source: those that are declared, and the one with the system."""
    luns = [disk["lun"] for disk in version.inputs["storageProfile"].get("dataDiskImages") or ()]
    known = version.expected_sizes
    data = sorted({*luns, *(lun for lun in known if lun is not None)})
    return {None: known.get(None), **{lun: known.get(lun) for lun in data}}


def _parsed(text: str, by: Resource, allowed: set[Kind]) -> ResourceId | LeftOut:
    try:
        id_ = ResourceId.parse(text)
    except ResourceIdError as error:
        return LeftOut(text, by.name, f"the id {error.cause}")
    if id_.kind in allowed:
        return id_
    article = "an" if id_.kind[0] in "aeiou" else "a"
    return LeftOut(text, by.name, f"this is the id of {article} {id_.kind}, which cannot be meant here")
