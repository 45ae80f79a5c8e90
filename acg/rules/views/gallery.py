"""A gallery as the rules read it."""

from __future__ import annotations

from acg.azure import kinds
from acg.rules.verdict import UnknownValueError
from acg.rules.views.base import Part, View
from acg.rules.views.lazy import lazy


class Gallery(View, token=kinds.GALLERY):
    """A gallery."""

    @lazy
    def sharing(self) -> Part:
        """Its ``sharingProfile``."""
        return self.part("sharingProfile", Part)

    @lazy
    def permissions(self) -> str:
        """Private, Groups or Community, as written; Private where nothing is said of a gallery that is created here.

        Raises:
            UnknownValueError: if nothing is said of a gallery that exists already.
        """
        written = self.sharing.text("permissions")
        if written is None and not self.resource.managed:
            path = ("sharingProfile", "permissions")
            raise UnknownValueError(path, "how a gallery that exists already is shared is not known")
        return written or "Private"

    @lazy
    def is_shared(self) -> bool:
        """Whether it is made to be shared directly or with everybody."""
        return self.permissions.lower() in ("groups", "community")
