"""Ids of Azure resources: read in any case, printed in one, and telling what they are the id of."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Self

from acg.azure.kinds import KINDS, Kind, Scope
from acg.azure.version_number import ALIASES
from acg.errors import MalformedTextError, shown

_PUBLISHED: Final = {
    ("CommunityGalleries",): Kind.COMMUNITY_GALLERY,
    ("CommunityGalleries", "Images"): Kind.COMMUNITY_IMAGE,
    ("CommunityGalleries", "Images", "Versions"): Kind.COMMUNITY_VERSION,
    ("SharedGalleries",): Kind.SHARED_GALLERY,
    ("SharedGalleries", "Images"): Kind.SHARED_IMAGE,
    ("SharedGalleries", "Images", "Versions"): Kind.SHARED_VERSION,
}
"""Ids of galleries that somebody else shares: no subscription, no resource group.

Source: https://learn.microsoft.com/azure/virtual-machines/vm-generalized-image-version
"""

_SPELLING: Final = {word.lower(): word for row in KINDS.values() for word in (row.namespace, *row.types)}
_ROW_BY_TYPE: Final = {(row.namespace.lower(), tuple(map(str.lower, row.types))): row for row in KINDS.values()}
_KIND_BY_PUBLISHED: Final = {tuple(map(str.lower, types)): (kind, types) for types, kind in _PUBLISHED.items()}

_IN_GALLERIES: Final = frozenset(
    (Kind.GALLERY, Kind.IMAGE, Kind.VERSION, Kind.LATEST, *(kind for kind, _ in _KIND_BY_PUBLISHED.values()))
)

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A subscription, in lower case."""
_NO_NAME = re.compile(r"[\s<>%&?#\\]")


class ResourceIdError(MalformedTextError):
    """Text is not the id of an Azure resource. ``cause`` says what is wrong with it."""

    def __init__(self, text: object, cause: str) -> None:
        self.text = text
        self.cause = cause
        super().__init__(f"resource id {shown(text)} {cause}")


@dataclass(frozen=True, eq=False)
class ResourceId:
    """The id of a resource. Azure compares ids without regard to case, and so does ``==``."""

    kind: Kind
    subscription: str | None
    """In lower case; None for galleries that somebody else shares and for resources of the tenant."""
    resource_group: str | None
    """None for galleries that somebody else shares and for what is above resource groups."""
    namespace: str | None
    """Resource provider, such as Microsoft.Compute; for extension resources the last one."""
    types: tuple[str, ...]
    """Types below the namespace, such as galleries and images."""
    names: tuple[str, ...]
    """One name for each type."""
    _canonical: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an id in any case.

        Raises:
            ResourceIdError: says what is wrong with it.
        """
        segments = _segments(text)
        head = segments[0].lower()
        if head in ("communitygalleries", "sharedgalleries"):
            return cls._published(text, segments)
        return cls._managed(text, segments)

    @classmethod
    def _published(cls, text: str, segments: list[str]) -> Self:
        types, names = _pairs(text, segments)
        if (known := _KIND_BY_PUBLISHED.get(tuple(map(str.lower, types)))) is None:
            raise ResourceIdError(text, f"has not the form /{types[0]}/NAME/Images/NAME/Versions/NUMBER")
        kind, spelled = known
        path = "".join(f"/{word}/{name}" for word, name in zip(spelled, names, strict=True))
        return cls(kind, None, None, None, spelled, names, path)

    @classmethod
    def _managed(cls, text: str, segments: list[str]) -> Self:
        rest = segments
        subscription = group = namespace = None
        if rest[0].lower() == "subscriptions":
            subscription, rest = _value(text, rest, "subscription")
            if not GUID.fullmatch(subscription.lower()):
                raise ResourceIdError(text, f"has the subscription {shown(subscription)}, which is not a GUID")
            subscription = subscription.lower()
        elif rest[0].lower() != "providers":
            raise ResourceIdError(
                text,
                "begins with neither /subscriptions/ nor /providers/, /CommunityGalleries/ or /SharedGalleries/",
            )
        if rest and subscription and rest[0].lower() == "resourcegroups":
            group, rest = _value(text, rest, "resource group")
        path = (f"/subscriptions/{subscription}" if subscription else "") + (
            f"/resourceGroups/{group}" if group else ""
        )
        if not rest:
            return cls(Kind.RESOURCE_GROUP if group else Kind.SUBSCRIPTION, subscription, group, None, (), (), path)
        types: tuple[str, ...] = ()
        names: tuple[str, ...] = ()
        for namespace, below in _providers(text, rest):
            types, names = _pairs(text, below)
            namespace, types = _spelled(namespace), tuple(map(_spelled, types))
            path += f"/providers/{namespace}"
            path += "".join(f"/{word}/{name}" for word, name in zip(types, names, strict=True))
        row = _ROW_BY_TYPE.get(((namespace or "").lower(), tuple(map(str.lower, types))))
        nested = path.count("/providers/") > 1
        fits = row is not None and (row.scope is Scope.RESOURCE or (group is not None and not nested))
        kind = row.kind if row is not None and fits else Kind.OTHER
        if kind is Kind.VERSION and names and names[-1].lower() in ALIASES:
            kind = Kind.LATEST
        return cls(kind, subscription, group, namespace, types, names, path)

    @property
    def name(self) -> str | None:
        """Name of the resource itself."""
        return self.names[-1] if self.names else self.resource_group or self.subscription

    @property
    def gallery(self) -> str | None:
        """Name of the gallery that it is, or is part of."""
        return self.names[0] if self._in_gallery else None

    @property
    def image(self) -> str | None:
        """Name of the image definition that it is, or is a version of."""
        return self.names[1] if self._in_gallery and len(self.names) > 1 else None

    @property
    def version(self) -> str | None:
        """Number of the image version, or an alias such as ``latest``."""
        return self.names[2] if self._in_gallery and len(self.names) > 2 else None

    @property
    def _in_gallery(self) -> bool:
        return self.kind in _IN_GALLERIES

    def __str__(self) -> str:
        """The id in the spelling of Azure's specifications; names keep theirs."""
        return self._canonical

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ResourceId) and self._canonical.lower() == other._canonical.lower()

    def __hash__(self) -> int:
        return hash(self._canonical.lower())


def id_within(text: str, kinds: Collection[Kind]) -> ResourceId | None:
    """The id of one of some kinds that a longer text has in it, such as the address of a page of the portal."""
    found = re.search(r"(?i)/?(subscriptions/[^\s?#'\"]+)", text)
    segments = found[1].split("/")[:_LONGEST] if found else []
    for length in range(len(segments), 0, -1):
        try:
            parsed = ResourceId.parse("/" + "/".join(segments[:length]))
        except ResourceIdError:
            continue
        return parsed if parsed.kind in kinds else None
    return None


_LONGEST: Final = 20
"""Parts of a longest id that is looked for in a text; that of a version has 12."""


def _segments(text: object) -> list[str]:
    if not isinstance(text, str):
        raise ResourceIdError(text, f"is a {type(text).__name__}, not text")
    if not text:
        raise ResourceIdError(text, "is empty")
    if not text.startswith("/"):
        raise ResourceIdError(text, "does not begin with a slash")
    segments = text[1:].split("/")
    if not segments[-1]:
        raise ResourceIdError(text, "ends with a slash")
    for segment in segments:
        if not segment:
            raise ResourceIdError(text, "has an empty part between two slashes")
        if found := _NO_NAME.search(segment):
            raise ResourceIdError(text, f"has {found[0]!r} in {shown(segment)}, which no part of an id can have")
    return segments


def _value(text: str, segments: list[str], what: str) -> tuple[str, list[str]]:
    if len(segments) < 2:
        raise ResourceIdError(text, f"ends where the {what} should stand")
    return segments[1], segments[2:]


def _providers(text: str, segments: list[str]) -> list[tuple[str, list[str]]]:
    """Split ``providers/N/type/name/…/providers/M/type/name`` into namespaces with what is below each."""
    if segments[0].lower() != "providers":
        raise ResourceIdError(text, f"has {shown(segments[0])} where providers should stand")
    found: list[tuple[str, list[str]]] = []
    index = 0
    while index < len(segments):
        namespace, _ = _value(text, segments[index:], "resource provider")
        start = index = index + 2
        while index < len(segments) and segments[index].lower() != "providers":
            index += 2
        if start >= len(segments) or start == index:
            raise ResourceIdError(text, f"ends after the resource provider {shown(namespace)}, with no type and name")
        found.append((namespace, segments[start:index]))
    return found


def _pairs(text: str, segments: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(segments) % 2:
        raise ResourceIdError(text, f"has no name after {shown(segments[-1])}")
    return tuple(segments[::2]), tuple(segments[1::2])


def _spelled(word: str) -> str:
    return _SPELLING.get(word.lower(), word)
