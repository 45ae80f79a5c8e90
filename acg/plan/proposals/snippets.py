"""What edits write, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from acg.catalog.edit.model import Action, Edit
from acg.catalog.edit.snippet import block
from acg.desired.resource import Place
from acg.path import Path
from acg.plan.classify.compare import without_query
from acg.plan.model import Snippet


def snippets(edits: Iterable[Edit], at: Callable[[Path], Place | None]) -> Iterator[Snippet]:
    """What edits write: one text for all that is in one mapping.

    Args:
        edits: Edits that put or remove keys.
        at: Where a path of the catalog is, or the nearest thing around it.
    """
    texts: dict[Path, str] = {}
    for edit in edits:
        key = str(edit.path[-1])
        text = f"# remove {key}\n" if edit.action is Action.REMOVE else block({key: edit.value})
        texts[edit.path[:-1]] = texts.get(edit.path[:-1], "") + text
    for path, text in texts.items():
        yield Snippet(without_query(text), path, at(path))
