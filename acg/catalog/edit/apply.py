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
from acg.catalog.edit.lines import (
    blank_lines,
    comments_above,
    line_before,
    lines_of,
    require_untouched,
    with_comments_inside,
    without_lines,
)
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
    original, lines = Tree.parse(text), lines_of(text)
    cut = _cut(original, lines, edits)
    removed = [edit.path for edit in edits if edit.action is Action.REMOVE and original.has(edit.path)]
    gone = comments_above(lines, map(original.lines, removed)).union(*cut.values())
    named = gone.union(*(original.lines(edit.path) for edit in edits))
    for path in removed:
        if original.is_in_brackets(path):
            named.add(line_before(lines, original.lines(path).start))  # its comma
    tree = Tree.parse(without_lines(lines, gone))
    flush = has_flush_lists(text)
    for number, edit in enumerate(edits):
        after = intended(root, edit)
        if number not in cut:
            tree.make(_direct(tree, after, edit), flush)
        root = after
    new = str(tree)
    _require_says(new, root)
    for path in {path[:-1] for path in removed if _is_empty(root, path[:-1])}:
        named |= {original.lines(path).start} | blank_lines(lines, original.lines(path))
    require_untouched(text, new, named)
    return new


def _cut(original: Tree, lines: Sequence[str], edits: Sequence[Edit]) -> dict[int, range]:
    """The removals that need no more than to leave out lines of the text: these lines, by the edit's position.

    yaml-edit moves comments and blank lines that follow what it removes.
    """
    found: dict[int, range] = {}
    left: dict[Path, int] = {}
    for number, edit in enumerate(edits):
        if edit.action is not Action.REMOVE or any(_overlap(edit.path, other.path) for other in edits[:number]):
            continue
        holder = edit.path[:-1]
        left.setdefault(holder, original.entries(holder))
        if left[holder] > 1 and original.has_own_lines(edit.path):
            left[holder] -= 1
            found[number] = with_comments_inside(lines, original.lines(edit.path))
    return found


def _overlap(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


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


def _require_says(text: str, root: Any) -> None:
    """See that an edited text says what was intended."""
    document, problems = build("", text)
    if problems:
        raise EditError(f"the edited text could not be read: {problems[0].message}")
    if document is None or document.root != root:
        raise EditError("the edited text would not say what was intended; an anchor may be shared by other places")


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
    if tree.is_tagged(path):
        raise EditError(f"{dotted(path)} has a tag, behind which yaml-edit changes nothing")
    return Edit(Action.PUT, path, value_at(after, path), edit.why, edit.beside)
