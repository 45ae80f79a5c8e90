"""What `acg observe` asks Azure, from a catalog or from options."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from acg.azure import kinds
from acg.azure.resource_id import GUID
from acg.errors import InputError, Problem, shown
from acg.state.observed import AskedGallery, Question

if TYPE_CHECKING:
    from acg.desired.lower import Lowered

_VARIABLES: Final = ("ARM_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID")


def default_subscription(given: str | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """The subscription of what names none: the option, or what azure-native and the SDKs read.

    Raises:
        InputError: it is no subscription.
    """
    found = given or next((environment[name] for name in _VARIABLES if environment.get(name)), None)
    if found is not None and not GUID.fullmatch(found.lower()):
        fix = "Give the subscription's id, as `az account list` prints it."
        raise InputError([Problem("ACG001", f"{shown(found)} is not the id of a subscription", fix)])
    return found.lower() if found else None


def question_of(lowered: Lowered, subscription: str | None, catalog: Path) -> Question:
    """The galleries and resource groups of a catalog.

    Args:
        lowered: The catalog.
        subscription: Where a gallery lives that names none.
        catalog: Its path, for messages.

    Raises:
        InputError: a gallery names no subscription, and there is no default.
    """
    galleries: list[AskedGallery] = []
    groups: list[str] = []
    homeless: list[str] = []
    for one in lowered.resources:
        if one.type not in (kinds.GALLERY, kinds.RESOURCE_GROUP):
            continue
        where = one.subscription or subscription
        if not isinstance(where, str):
            homeless.append(one.name)
            continue
        group = str(one.inputs["resourceGroupName"])
        if one.type == kinds.GALLERY:
            galleries.append(AskedGallery(where, str(one.inputs["galleryName"]), group))
        else:
            groups.append(f"/subscriptions/{where}/resourceGroups/{group}")
    if homeless:
        message = f"names no subscription for {', '.join(homeless[:3])}{' and others' if len(homeless) > 3 else ''}"
        fix = f"Name it with --subscription, {_VARIABLES[0]} or {_VARIABLES[1]}."
        raise InputError([Problem("ACG001", message, fix, file=catalog.as_posix())])
    return _with_refresh(Question(galleries=tuple(galleries), groups=tuple(groups)), lowered, subscription, catalog)


def _with_refresh(question: Question, lowered: Lowered, subscription: str | None, catalog: Path) -> Question:
    """The question, with what a refresh of the catalog depends on."""
    if lowered.places.catalog is None or not lowered.places.catalog.refresh_policies:
        return question
    from acg.cli._beside import files_beside
    from acg.refresh.declared import Declared
    from acg.refresh.question import question as of_refresh

    declared = Declared(lowered)
    more = of_refresh(declared, subscription or "", files_beside(catalog, declared))
    galleries = dict.fromkeys((*question.galleries, *more.galleries))
    return more._replace(galleries=tuple(galleries), groups=question.groups)
