"""Make edits in the text of one file of a catalog.

yaml-edit, a lossless parser, changes the text. What comes out is read again and must say exactly what was intended, and
on no other line than those that the edits name; otherwise nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from acg import _gc
from acg.catalog._yaml_loader import build
from acg.catalog.edit.intended import intended, value_at
from acg.catalog.edit.lines import comments_above, require_untouched
from acg.catalog.edit.model import Action, Edit, EditError
from acg.catalog.edit.nodes import Tree
from acg.catalog.edit.snippet import has_flush_lists
from acg.path import Path, dotted


def apply_edits(text: str, edits: Sequence[Edit], *, file: str = "catalog.yaml", root: Any = None) -> str:
    """The text with the edits made.

    Args:
        text: The text of one file.
        edits: What to change, in order.
        file: The name of the file, for messages.
        root: What the text says, if it has been read already.

    Raises:
        EditError: the text cannot be read, a path leads nowhere, yaml-edit is not installed, or what came out is not
            exactly what was intended. Carries the edits, to be made by hand.
    """
    try:
        with _gc.held():
            return _apply(text, edits, file, _read(file, text) if root is None else root)
    except EditError as error:
        raise EditError(str(error), tuple(edits)) from None


def _apply(text: str, edits: Sequence[Edit], file: str, root: Any) -> str:
    original = Tree.parse(text)
    removed = [original.lines(edit.path) for edit in edits if edit.action is Action.REMOVE and original.has(edit.path)]
    comments = comments_above(text, removed)
    named = comments | {line for edit in edits for line in original.lines(edit.path)}
    tree = Tree.parse(_without_lines(text, comments))
    flush = has_flush_lists(text)
    for edit in edits:
        after = intended(root, edit)
        tree.make(_direct(tree, after, edit), flush)
        root = after
    new = str(tree)
    if _read(file, new) != root:
        raise EditError("the edited text would not say what was intended; an anchor may be shared by other places")
    emptied = {edit.path[:-1] for edit in edits if edit.action is Action.REMOVE and _is_empty(root, edit.path[:-1])}
    named |= {original.lines(path).start for path in emptied}
    require_untouched(text, new, named)
    return new


def _is_empty(root: Any, path: Path) -> bool:
    try:
        return not value_at(root, path)
    except EditError:
        return False


def _read(file: str, text: str) -> Any:
    document, problems = build(file, text)
    if document is None or problems:
        raise EditError(f"{file} cannot be read as a catalog: {problems[0].message}")
    return document.root


def _direct(tree: Tree, after: Any, edit: Edit) -> Edit:
    """The edit as it is made in the text.

    What comes from an alias or a merge key is not edited where it was declared, for others use it there: the key that
    takes it over gets a value of its own. Likewise what is still missing around the path is made whole.
    """
    depth = tree.depth(edit.path, into=edit.action is Action.APPEND)
    if depth == len(edit.path) or (depth == len(edit.path) - 1 and edit.action is Action.PUT):
        return edit
    if edit.action is Action.REMOVE and depth == len(edit.path) - 1:
        raise EditError(f"{dotted(edit.path)} comes from a merge key and cannot be removed here")
    path: Path = edit.path[: depth + 1]
    return Edit(Action.PUT, path, value_at(after, path), edit.why, edit.beside)


def _without_lines(text: str, numbers: set[int]) -> str:
    if not numbers:
        return text
    return "".join(line for number, line in enumerate(text.splitlines(keepends=True)) if number not in numbers)
