"""What adopting comes to: a catalog, what to import, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from acg.desired.lower import Lowered
from acg.desired.resource import Resource

Form = dict[str, Any]


class LeftOut(NamedTuple):
    """Something that exists and that the catalog does not manage."""

    what: str
    """How messages call it: ``corp/ubuntu 1.0.3``, ``gallery corp``."""
    reason: str
    """Why, as a sentence."""
    declared: bool
    """Whether the catalog names it as something that exists, so that nothing touches it."""
    resource: str = ""
    """Its name among what exists: a URN in a stack."""


class Adoption(NamedTuple):
    """What exists, in the form of a catalog."""

    document: Form
    """The catalog as plain data."""
    lowered: Lowered
    """What the catalog asks for."""
    managed: Mapping[str, Resource]
    """What exists, by the name that its declaration lowers to; of all that is managed from now on."""
    external: int
    """How many versions others go on to publish, because the caller said so."""
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    """What is not known, in sentences."""
    subscription: str | None
    """The provider's subscription: that of the galleries which name none."""
    commands: tuple[str, ...] = ()
    """What takes resources out of a stack that are not managed any more, before an update would delete them."""
