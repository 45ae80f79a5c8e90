"""What a catalog is to say after an edit, as data: what the edited text is held to."""

from typing import Any

from acg.catalog.edit.model import Action, Edit, EditError
from acg.path import Path, dotted


def intended(root: Any, edit: Edit) -> Any:
    """The data after an edit. What the edit does not touch is shared with ``root``, which stays as it is.

    Raises:
        EditError: if the path leads nowhere.
    """
    *above, last = edit.path
    return _changed(root, above, last, edit)


def value_at(root: Any, path: Path) -> Any:
    """The value at a path.

    Raises:
        EditError: if there is none.
    """
    for at, step in enumerate(path, 1):
        try:
            root = root[step]
        except (KeyError, IndexError, TypeError):
            raise EditError(f"the catalog has no {dotted(path[:at])}") from None
    return root


def _changed(node: Any, above: list[str | int], last: str | int, edit: Edit) -> Any:
    if not above:
        return _with(node, last, edit)
    step, *rest = above
    if node is None or (isinstance(node, dict) and step not in node):
        if edit.action is Action.REMOVE or any(isinstance(one, int) for one in (step, *rest, last)):
            raise EditError(f"the catalog has no {dotted(edit.path)}")
        return {**(node or {}), str(step): _changed({}, rest, last, edit)}
    copy: Any = _copy(node, edit.path)
    copy[step] = _changed(value_at(node, (step,)), rest, last, edit)
    return copy


def _with(node: Any, last: str | int, edit: Edit) -> Any:
    copy: Any = _copy({} if node is None else node, edit.path)
    match edit.action:
        case Action.PUT:
            if not _takes(copy, last):
                raise EditError(f"the catalog has no {dotted(edit.path)}")
            copy[last] = edit.value
        case Action.APPEND:
            there = copy.get(last, []) if isinstance(copy, dict) else value_at(copy, (last,))
            if not isinstance(there, list):
                raise EditError(f"{dotted(edit.path)} is no list")
            copy[last] = [*there, edit.value]
        case Action.REMOVE:
            if (last not in copy) if isinstance(copy, dict) else not _is_position(copy, last):
                raise EditError(f"the catalog has no {dotted(edit.path)}")
            copy.pop(last)
    return copy


def _takes(node: Any, step: str | int) -> bool:
    """Whether a value can be put there: at any key of a mapping, at a position that a list has."""
    return isinstance(node, dict) or _is_position(node, step)


def _is_position(node: list[Any], step: str | int) -> bool:
    return isinstance(step, int) and 0 <= step < len(node)


def _copy(node: Any, path: Path) -> Any:
    if isinstance(node, dict):
        return dict(node)
    if isinstance(node, list):
        return list(node)
    raise EditError(f"the catalog has a value where {dotted(path)} needs a mapping")
