"""Which definition and version of the galleries a reference to an image means, whatever its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from acg.live.reading import Body

_ID: Final = re.compile(r"(.+/galleries/[^/]+)/images/([^/]+)(?:/versions/([^/]+))?", re.IGNORECASE)
_PUBLISHED: Final = re.compile(
    r"/(?:SharedGalleries|CommunityGalleries)/([^/]+)/Images/([^/]+)(?:/Versions/([^/]+))?", re.IGNORECASE
)


class Meant(NamedTuple):
    """What a reference means."""

    image: str
    """Id of the definition."""
    follows: str | None
    """The version that it names; None: it follows ``latest``."""


class References:
    """The galleries that were read, by every name that references have for them."""

    def __init__(self, bodies: Iterable[Body], attached: Mapping[str, str]) -> None:
        """Take galleries as Azure answered them, and by the ids of dev centers' attached galleries theirs."""
        self._galleries: dict[str, str] = {}
        for body in bodies:
            if str(body.get("type", "")).lower() != "microsoft.compute/galleries":
                continue
            for name in (body["id"], *_names(body.get("properties") or {})):
                self._galleries[name.lower()] = body["id"]
        for id_, gallery in attached.items():
            if (own := self._galleries.get(gallery.lower())) is not None:
                self._galleries[id_.lower()] = own

    def meant(self, row: Mapping[str, Any]) -> Meant | None:
        """What the reference of a row means; None: nothing in these galleries."""
        for column, form in (("image", _ID), ("shared", _PUBLISHED), ("community", _PUBLISHED)):
            if (found := form.fullmatch(str(row.get(column) or ""))) is None:
                continue
            gallery, image, version = found.groups()
            if (own := self._galleries.get(gallery.lower())) is not None:
                return Meant(f"{own}/images/{image}", None if (version or "latest").lower() == "latest" else version)
        return None


def attached_galleries(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Ids of the attached galleries that Dev Box definitions name their images by."""
    found = (_ID.fullmatch(str(row.get("image") or "")) for row in rows)
    return sorted({one[1].lower() for one in found if one is not None and "/devcenters/" in one[1].lower()})


def _names(properties: Mapping[str, Any]) -> list[str]:
    unique = (properties.get("identifier") or {}).get("uniqueName")
    community = (properties.get("sharingProfile") or {}).get("communityGalleryInfo") or {}
    return [*([unique] if unique else []), *(community.get("publicNames") or ())]
