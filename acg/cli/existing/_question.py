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


def question_of(
    lowered: Lowered, subscription: str | None, catalog: Path, *, consumers: bool = False, names: bool = False
) -> Question:
    """The galleries and resource groups of a catalog, and what its refresh policies depend on.

    Args:
        lowered: The catalog.
        subscription: Where a gallery lives that names none.
        catalog: Its path, for messages.
        consumers: Whether to look for who uses the images; done anyway where a refresh policy depends on it.
        names: Whether to name them.

    Raises:
        InputError: a gallery names no subscription, and there is no default; or the scope of consumers is none.
    """
    galleries: list[AskedGallery] = []
    groups: list[str] = []
    lacking: list[str] = []
    for one in lowered.resources:
        if one.type not in (kinds.GALLERY, kinds.RESOURCE_GROUP):
            continue
        where = one.subscription or subscription
        if not isinstance(where, str):
            lacking.append(one.name)
            continue
        group = str(one.inputs["resourceGroupName"])
        if one.type == kinds.GALLERY:
            galleries.append(AskedGallery(where, str(one.inputs["galleryName"]), group))
        else:
            groups.append(f"/subscriptions/{where}/resourceGroups/{group}")
    if lacking:
        message = f"names no subscription for {', '.join(lacking[:3])}{' and others' if len(lacking) > 3 else ''}"
        fix = f"Name it with --subscription, {_VARIABLES[0]} or {_VARIABLES[1]}."
        raise InputError([Problem("ACG001", message, fix, file=catalog.as_posix())])
    question = Question(galleries=tuple(galleries), groups=tuple(groups), consumers=consumers, names=names)
    return _within_scope(_with_refresh(question, lowered, subscription, catalog), lowered, catalog)


def _with_refresh(question: Question, lowered: Lowered, subscription: str | None, catalog: Path) -> Question:
    """The question, with what a refresh of the catalog depends on; retention depends on consumers."""
    if lowered.places.catalog is None or not lowered.places.catalog.refresh_policies:
        return question
    from acg.cli._beside import files_beside
    from acg.refresh.declared import Declared
    from acg.refresh.question import question as of_refresh

    declared = Declared(lowered)
    more = of_refresh(declared, subscription or "", files_beside(catalog, declared))
    known = {(one.subscription.lower(), (one.name or "").lower()) for one in question.galleries}
    new = [one for one in more.galleries if (one.subscription.lower(), (one.name or "").lower()) not in known]
    return more._replace(
        galleries=(*question.galleries, *new),
        groups=question.groups,
        consumers=question.consumers or more.consumers,
        names=question.names,
    )


def _within_scope(question: Question, lowered: Lowered, catalog: Path) -> Question:
    """The question, with where the catalog says that consumers are looked for."""
    scope = lowered.places.catalog.consumers if lowered.places.catalog is not None else None
    if scope is None:
        return question
    wrong = [one for one in scope.subscriptions if not GUID.fullmatch(one.lower())]
    if wrong:
        message = f"names {shown(wrong[0])} in consumers, which is not the id of a subscription"
        fix = "Give ids, as `az account list` prints them."
        raise InputError([Problem("ACG001", message, fix, file=catalog.as_posix())])
    return question._replace(management_group=scope.management_group, subscriptions=scope.subscriptions)
