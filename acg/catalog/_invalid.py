"""What is wrong with a catalog, in words for people who never heard of pydantic. Imported only if something is."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from pydantic_core import ErrorDetails

from acg.catalog import _fields as fields
from acg.catalog._document import Document
from acg.catalog._messages import problem, subject
from acg.catalog.models import Catalog, Defaults, Gallery, ImageDefinition, ImageVersion
from acg.catalog.models.deferred import LabAccount, LabPlan, underlying
from acg.catalog.models.version import DataDisk, OSDisk
from acg.errors import Problem, shown
from acg.path import Path
from acg.suggest import suggest
from acg.validation import described, to_write, words

Find = Callable[[Path], Document]
"""Finds the file that a place in the catalog is from."""

_LEVELS: Final[dict[str, Any]] = {
    "the catalog": Catalog,
    "a gallery": Gallery,
    "an image definition": ImageDefinition,
    "a version": ImageVersion,
    "a lab plan": LabPlan,
    "a lab account": LabAccount,
    "defaults": Defaults,
    "osDisk": OSDisk,
    "a data disk": DataDisk,
}
"""Where a misplaced key may have been meant to be: known, but not here."""

_MOST_SUGGESTIONS: Final = 1_000
"""Unknown keys of a catalog for which the known one that is meant is looked for; nobody misspells more."""


def faulty(detail: ErrorDetails) -> Path:
    """What of a catalog cannot stay: what is wrong, or what lacks something."""
    return detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"]


def reported(
    details: list[ErrorDetails], wrong: set[Path], cuts: set[Path], tree: dict[str, Any], find: Find
) -> Iterator[Problem]:
    """One problem for each error that does not merely follow from another one, or from what was cut."""
    poorer = wrong.union(cut[:-1] for cut in (*wrong, *cuts))
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    meant = {path: nearest(path) for path in unknown[:_MOST_SUGGESTIONS]}
    misspelt = {(*path[:-1], key) for path, key in meant.items() if key}
    for detail in details:
        path = detail["loc"]
        incomplete = detail["type"] in ("missing", "value_error")
        if path in misspelt or path in wrong or (incomplete and faulty(detail) in poorer):
            continue
        value = _at(tree, path)
        if isinstance(value, dict) and any((*path, key) in wrong for key in value):
            continue  # a template in place of a key, which has been reported
        if detail["type"] == "extra_forbidden":
            yield unknown_key(find(path), path, meant.get(path))
        else:
            yield _problem(detail, path, value, find(path))


def _at(tree: Any, path: Path) -> Any:
    """The value at a place, or the last one on the way to it: plain text that stands for a mapping."""
    for step in path:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return tree
    return tree


def _problem(detail: ErrorDetails, path: Path, value: Any, document: Document) -> Problem:
    """A pydantic error in words for people who never heard of pydantic."""
    kind = detail["type"]
    field = fields.place(path).field
    purpose = (field.description or "") if field else ""
    if kind == "missing":
        return problem(
            "ACG006",
            document,
            document.span(path),
            f"{subject(path[:-1])} has no {path[-1]}",
            f"Add {path[-1]}: {purpose}",
            path=path,
        )
    may_be_text = fields.place(path).may_be_text
    combines = kind == "value_error"
    purpose = "" if combines else purpose
    said = words(detail, value, written=document.written(path), may_be_text=may_be_text, purpose=purpose)
    fix = (
        _one_of_known_words(path) if kind == "string_type" else _from_cli(value, path) if kind == "tuple_type" else None
    )
    span = document.span(path, key=combines)
    code = "ACG011" if combines else "ACG007"
    return problem(code, document, span, f"{subject(path)} {said.cause}", fix or said.fix, path=path)


def _from_cli(value: Any, path: Path) -> str | None:
    """Several regions in one text, as a list."""
    from acg.catalog._cli_notation import from_cli  # only for what is wrong

    return from_cli(value, path)


def _one_of_known_words(path: Path) -> str | None:
    """What to write where Azure has a list of words; any text may be there, so pydantic knows nothing of it."""
    from acg.catalog._hints import HINTS  # only for what is wrong

    model = fields.place(path[:-1]).model
    options = HINTS.get(model.__name__ if model else "", {}).get(str(path[-1]), {}).get("anyOf")
    if not options:
        return None
    *others, last = options[0]["enum"]
    return f"Write {', '.join(others)} or {last}."


def unknown_key(document: Document, path: Path, meant: str | None) -> Problem:
    """A key that the models do not know, and the known one that it stands for or is most like."""
    from acg.catalog._other_names import AZURE_NAMES, is_region, other_name  # only for what is wrong

    key = str(path[-1])
    keys = fields.place(path[:-1]).keys
    if key.startswith("x-") and path[1:]:
        fix = "Move it to the top of the file, where x-… keys are for anchors."
    elif key == "properties":
        fix = "Write what is below it one level up; Azure's properties have no key of their own here."
    elif here := [name for name in AZURE_NAMES.get(key, ()) if name in keys]:
        fix = f"Write {' or '.join(filter(None, (', '.join(here[:-1]), here[-1])))} in place of Azure's {key}."
    elif (other := other_name(path)) == "name" and is_region(path):
        fix = f"Write name: {key}, and the number as regionalReplicaCount."
    elif other:
        fix = f"Write {other} in place of {key}."
    elif (meant and _is_plural(key, meant)) or not (
        owners := [it for it, model in _LEVELS.items() if key in fields.keys(underlying(model))]
    ):
        fix = f"Write {meant}." if meant else f"Remove it; known here are {', '.join(keys)}."
    else:
        fix = f"Move it to {' or to '.join(owners)}."
    message = f"{subject(path[:-1])} has the unknown key {shown(path[-1])}"
    return problem("ACG005", document, document.span(path, key=True), message, fix, path=path)


def wrong_section(document: Document, section: str, value: Any) -> Problem:
    """A part of a file, or the whole of it, that is no mapping."""
    path = (section,) if section else ()
    what = f"{section} is" if section else "the file is"
    fix = to_write("a mapping", value, "") if section else document.name_a_catalog or "Write a mapping."
    message = f"{what} {described(value)}, needs a mapping"
    return problem("ACG007", document, document.span(path), message, fix, path=path)


def foreign(document: Document, keys: Sequence[str]) -> Problem | None:
    """A file that is no part of a catalog: of several keys at its top none is known, and hardly one is nearly so."""
    if len(keys) < _FOREIGN_KEYS or 2 * sum(nearest((key,)) is not None for key in keys) >= len(keys):
        return None
    *others, last = [*map(shown, keys[:3]), *([f"{len(keys) - 3:,} more"] if len(keys) > 3 else [])]
    message = f"the file has none of a catalog's keys, but {', '.join(others)} and {last}"
    fix = "Move it out of the folder, or name the files of the catalog."
    return problem("ACG005", document, document.span((keys[0],), key=True), message, fix, path=(keys[0],))


_FOREIGN_KEYS: Final = 2
"""A file with a single unknown key may well be meant to be a catalog."""


def nearest(path: Path) -> str | None:
    """The known key that an unknown one is most like; a name of Azure's is no misspelling."""
    from acg.catalog._other_names import AZURE_NAMES, other_name  # only for what is wrong

    if str(path[-1]) in AZURE_NAMES:
        return None
    return other_name(path) or next(iter(_suggested(str(path[-1]), fields.place(path[:-1]).keys)), None)


def _is_plural(one: str, several: str) -> bool:
    return several in (f"{one}s", f"{one[:-1]}ies")


@cache
def _suggested(written: str, known: tuple[str, ...]) -> list[str]:
    return suggest(written, known)
