"""From plain data to models: what has the wrong shape is reported and left out, the rest is validated."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from pydantic import ValidationError

from acg.catalog._document import Document
from acg.catalog.models import Catalog
from acg.errors import Problem
from acg.path import Path

_VERSION_DEPTH: Final = len(("galleries", "gallery", "images", "image", "versions", "number"))


def validate(
    raw: dict[str, Any], find: Callable[[Path], Document], wrong: Iterable[Path]
) -> tuple[Catalog | None, list[Problem]]:
    """Validate a catalog, with and without the places known to be ``wrong`` and those that turn out to be.

    What is wrong in a version leaves out the version. Above versions it leaves out the key itself, or the image
    definition or gallery that cannot be without it. There is no catalog if nothing is left.
    """
    problems: list[Problem] = []
    wrong = {path for path in wrong if path}
    cuts: set[Path] = set()
    tree, catalog = raw, None
    while True:
        try:
            catalog, details = Catalog.model_validate(tree), []
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
        left_out = wrong
        if details:
            from acg.catalog._invalid import faulty, reported  # only for what is wrong

            problems.extend(reported(details, wrong, cuts, tree, find))
            left_out = {*map(faulty, details), *wrong}
        more = set(map(_unit, left_out)) - cuts
        if not details and not more:
            return catalog, problems
        if not more or () in more:
            return None, problems
        cuts |= more
        tree = _without(raw, cuts)


def _unit(path: Path) -> Path:
    """What is left out for the sake of a place: the version that it is in, or else a key of a mapping."""
    if len(path) > _VERSION_DEPTH and path[::2][:3] == ("galleries", "images", "versions"):
        return path[:_VERSION_DEPTH]
    return next((path[:index] for index, step in enumerate(path) if isinstance(step, int)), path)


def _without(tree: dict[str, Any], cuts: Iterable[Path]) -> dict[str, Any]:
    """A copy of a tree without what is at some places; it shares with the tree all else."""
    branches: dict[Any, Any] = {}
    for path in cuts:
        branch = branches
        for step in path:
            branch = branch.setdefault(step, {})
        branch[_CUT] = True
    return _pruned(tree, branches) if branches else tree


_CUT: Final = object()


def _pruned(node: dict[str, Any], branches: dict[Any, Any]) -> dict[str, Any]:
    kept = dict(node)
    for step, below in branches.items():
        if _CUT in below:
            kept.pop(step, None)
        elif isinstance(kept.get(step), dict):
            kept[step] = _pruned(kept[step], below)
    return kept
