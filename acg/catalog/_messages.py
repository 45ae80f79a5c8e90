"""The words for what can be wrong with the YAML of a catalog; those about its meaning stand in `_shapes`."""

from typing import Any

import yaml
from yaml.reader import ReaderError

from acg.catalog._document import Document, Path, Span
from acg.errors import Problem, shown


def problem(
    code: str, document: Document, span: Span, message: str, fix: str, *, path: Path = (), why: str | None = None
) -> Problem:
    """A problem at a place in a document."""
    file, line, column, _ = document.position(span)
    return Problem(code=code, message=message, fix=fix, why=why, file=file, line=line, column=column, path=path)


def not_yaml(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    """What libyaml complains about, in its words and with its place."""
    mark = error.problem_mark or error.context_mark
    message = f"is not YAML: {error.problem or 'the text breaks off'}"
    if error.context:
        message += f" {error.context}"
    if mark and error.context_mark and error.context_mark.line != mark.line:
        if document.text[mark.index :].isspace() or mark.index >= len(document.text):
            mark = error.context_mark  # what is never closed is found at the end, but is to be fixed where it begins
        else:
            message += f" that begins in line {error.context_mark.line + 1}"
    span = Span(mark.index, mark.index + 1) if mark else Span(0, 0)
    return problem("ACG002", document, span, message, _mend(document.text[span.start : span.end], message))


def _mend(character: str, message: str) -> str:
    if character == "\t":
        return "Indent with spaces; YAML allows no tabs there."
    if "mapping values are not allowed" in message:
        return "Put text that holds a colon in quotes, or fix the indentation."
    if "cannot start any token" in message:
        return f"Put text that begins with {character} in quotes."
    return "Look at this line and the one above: indentation, a missing colon, an open quote or bracket."


def not_a_character(document: Document, error: ReaderError) -> Problem:
    """A control character, which YAML forbids even in quotes."""
    code = error.character if isinstance(error.character, int) else ord(error.character[0])
    at = max(document.text.find(chr(code)), 0)
    return problem(
        "ACG002",
        document,
        Span(at, at + 1),
        f"is not YAML: the character U+{code:04X} is not allowed",
        rf"Remove it, or write it as \u{code:04X} in double quotes.",
    )


def second_document(document: Document, span: Span) -> Problem:
    return problem(
        "ACG003",
        document,
        span,
        "a second document begins here; a catalog's file holds one",
        "Remove the --- line, or put what follows into a file of its own in the same folder.",
    )


def too_deep(document: Document, span: Span, most: int) -> Problem:
    return problem(
        "ACG003",
        document,
        span,
        f"lists and mappings stand more than {most} deep in each other",
        "Flatten them; a catalog needs no more than 11.",
    )


def too_many_nodes(document: Document, span: Span, most: int) -> Problem:
    return problem(
        "ACG003",
        document,
        span,
        f"with this alias spelled out, the file has more than {most:,} values",
        "Use fewer aliases of aliases.",
        why="A few nested aliases can stand for more data than fits into memory.",
    )


def tag(document: Document, span: Span, tag: str, path: Path) -> Problem:
    short = tag.replace("tag:yaml.org,2002:", "!!")
    return problem(
        "ACG003",
        document,
        span,
        f"has the tag {shown(short)[1:-1]}, which a catalog cannot have",
        "Write the value itself, without a tag.",
        path=path,
        why="Tags can stand for anything up to code; none is ever resolved.",
    )


def unknown_alias(document: Document, span: Span, name: str, path: Path) -> Problem:
    return problem(
        "ACG003",
        document,
        span,
        f"the alias *{name} has no anchor &{name} above it in this file",
        f"Put &{name} before the value that is meant; anchors do not reach other files.",
        path=path,
    )


def alias_in_itself(document: Document, span: Span, name: str, path: Path) -> Problem:
    return problem(
        "ACG003",
        document,
        span,
        f"the alias *{name} stands inside the value that &{name} names, which would never end",
        "Move the anchor to a value that does not hold the alias.",
        path=path,
    )


def merge(document: Document, span: Span, path: Path) -> Problem:
    return problem(
        "ACG007",
        document,
        span,
        "the merge key << has a value that is neither a mapping nor a list of mappings",
        "Name the anchor of a mapping: <<: *anchor",
        path=path,
    )


def duplicate_key(document: Document, span: Span, first: Span, path: Path) -> Problem:
    return problem(
        "ACG004",
        document,
        span,
        f"the key {shown(path[-1])} stands here and in line {document.position(first).line}",
        "Remove one of the two, or merge what stands below them.",
        path=path,
        why="YAML readers silently drop one of the two.",
    )


def key_not_text(document: Document, span: Span, value: Any, path: Path) -> Problem:
    """A key that YAML reads as something else than text: a number where a version belongs, most of the time."""
    written = document.text[span.start : span.end]
    if isinstance(value, list | dict):
        what = "list" if isinstance(value, list) else "mapping"
        message, fix = f"a {what} is used as a key", "Write a name as the key, and the rest below it."
        return problem("ACG008", document, span, message, fix, path=path)
    if path and path[-1] == "versions" and isinstance(value, int | float) and not isinstance(value, bool):
        return problem(
            "ACG008",
            document,
            span,
            f"the version {written} is a number to YAML, not text",
            f"Write three parts: {_three_parts(written)}",
            path=(*path, written),
            why="To YAML, 1.1 and 1.10 are the same number, and so the same version.",
        )
    what = "nothing" if value is None else "true or false" if isinstance(value, bool) else "a number"
    return problem(
        "ACG008",
        document,
        span,
        f"the key {shown(written)[1:-1] or 'before the colon'} is {what} to YAML, not text",
        f'Put it in quotes: "{written}"' if written else "Write a name before the colon.",
        path=(*path, written),
    )


def _three_parts(written: str) -> str:
    parts = written.split(".")
    if not all(part.isdecimal() for part in parts):
        return "major.minor.patch, such as 1.4.0"
    return ".".join([*parts, "0", "0"][:3])
