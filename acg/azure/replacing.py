"""For which inputs Pulumi is to make a new resource of one that it knows."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from acg.azure.mutability import MUTABILITY, Change, create_only

_BY_DEFAULT: Final = {
    "GalleryImage": ("architecture", ("architecture",), "x64"),
    "GalleryImageVersion": ("publishingProfile.replicationMode", ("publishingProfile", "replicationMode"), "Full"),
}
"""By resource: an input, its keys, and what Azure takes where it is left out."""

_KINDS_OF_IMAGE: Final = frozenset({"osType", "osState", "hyperVGeneration", "architecture"})
"""What makes the images of a definition others: whoever changes one of them wants others."""


def replaced_for(
    resource: str,
    inputs: Mapping[str, Any],
    *,
    protected: bool,
    holds_images: bool = True,
    undeclared: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Inputs whose change makes a new resource of what is declared so, in paths for ``replace_on_changes``.

    To write a default, or to leave it out, is no change to Azure: an input that has one is named with other values
    only. And what is published is not deleted for its terms, its plan or its storage: where Pulumi protects it, it
    refuses in the preview already; where it does not, the change is sent as an update, and Azure's refusal ends the
    deployment. Without protection a version is made anew from another source, and a definition of another kind of image
    takes the place of the old one and its versions.

    Args:
        resource: azure-native's name of the resource.
        inputs: What is sent.
        protected: Whether Pulumi refuses to replace it.
        holds_images: Whether it is a version, or a definition that may have versions.
        undeclared: Inputs that nobody declared; what follows from an edit of others deletes nothing published either.
    """
    path, keys, default = _BY_DEFAULT[resource]
    value: Any = inputs
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    by_default = path if value in (None, default) else None
    return _replaced_for(resource, by_default, undeclared if holds_images and not protected else None)


@cache
def _replaced_for(resource: str, by_default: str | None, undeclared: tuple[str, ...] | None) -> tuple[str, ...]:
    """The paths; ``undeclared`` is None where Pulumi protects what is published, or nothing is."""
    kept = {by_default}
    if undeclared is not None:
        kept.update(undeclared)
        traits = (row.path for row in MUTABILITY.values() if row.change in (Change.NEW_DEFINITION, Change.NEW_VERSION))
        kept |= {path for path in traits if not path.startswith("storageProfile") and path not in _KINDS_OF_IMAGE}
    return tuple(path for path in create_only(resource) if path not in kept)
