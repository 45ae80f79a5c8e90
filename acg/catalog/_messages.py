"""The words for what can be wrong with the YAML of a catalog; those about its meaning are in `_validate`."""

import re
from typing import Any, Final

import yaml
from yaml.reader import ReaderError

from acg.catalog._document import Document, Span
from acg.errors import Problem, shown
from acg.path import Path, dotted
from acg.text import lines_of, visible

_LONGEST_LINE: Final = 1_000
"""Characters of a line that are searched for a template."""


def problem(
    code: str, document: Document, span: Span, message: str, fix: str, *, path: Path = (), why: str | None = None
) -> Problem:
    """A problem at a place in a document."""
    file, line, column, length = document.position(span)
    return Problem(code, message, fix, why, file, line, column, length, path)


def not_yaml(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    """What libyaml reports, in its words and with its place."""
    mark = error.problem_mark or error.context_mark
    if mark and (template := _template_near(document, mark.index)):
        return unquoted_template(document, *template)
    message = f"is not YAML: {error.problem or 'the text breaks off'}"
    if error.context:
        message += f" {error.context}"
    if mark and error.context_mark and error.context_mark.line != mark.line:
        begins_there = document.text[mark.index :].isspace() or mark.index >= len(document.text)
        if begins_there or "simple key" in (error.context or ""):
            mark = error.context_mark  # what is never closed is found later, but is to be fixed where it begins
        else:
            message += f" that begins in line {error.context_mark.line + 1}"
    span = Span(mark.index, mark.index + 1) if mark else Span(0, 0)
    fix = document.name_a_catalog or _fix(document.text, span, message)
    return problem("ACG002", document, span, message, fix)


def _template_near(document: Document, index: int) -> tuple[Span, str] | None:
    """The template for which reading ended: in that line, or one that is a line of its own above it."""
    from acg.catalog._templates import first_template  # takes a millisecond to import

    start = max(document.text.rfind(end, 0, index) for end in "\r\n") + 1
    line = lines_of(document.text[start : start + _LONGEST_LINE])[0]
    if (found := first_template(document.text, start, start + len(line))) is None:
        return None
    return Span(*found), document.text[slice(*found)]


def _template_around(document: Document, span: Span) -> tuple[Span, str] | None:
    """The template that a mapping in a mapping is: ``{{ name }}``."""
    from acg.catalog._templates import TEMPLATE

    # With two braces around it: the mapping that is a key begins at the second one, or at the third of {{{ … }}}.
    found = TEMPLATE.search(document.text, max(span.start - 2, 0), span.end + 20)
    return (Span(*found.span()), found[0]) if found else None


def _fix(text: str, span: Span, message: str) -> str:
    character = text[span.start : span.end]
    near = text[max(span.start - _LONGEST_LINE, 0) : span.start + _LONGEST_LINE]
    above = len(lines_of(near[: min(span.start, _LONGEST_LINE)]))
    lines = "".join(lines_of(near)[max(above - 2, 0) : above])
    if odd := next((one for one in lines if visible(one) != one and one != "\t"), None):
        return f"Replace the character U+{ord(odd):04X} in this line or the one above, which cannot be seen."
    if character == "\t":
        return "Indent with spaces; YAML allows no tabs there."
    if comment := re.search(r"(?m)^[ \t]*(//|/\*)", text[: span.end]):
        return f"Remove the comment that begins with {comment[1]}; YAML's begin with #, and JSON has none."
    if "mapping values are not allowed" in message:
        return "Put text that holds a colon in quotes, or fix the indentation."
    if "cannot start any token" in message:
        return f"Put text that begins with {character} in quotes."
    if "expected ':' while scanning a simple key" in message:
        return "Write a colon and a space after the key, or two spaces in front of what belongs to the line above."
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
        "Remove it.",
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
        f"lists and mappings are nested more than {most} deep",
        "Flatten them; a catalog needs no more than 11.",
    )


def too_many_nodes(document: Document, span: Span, aliased: int) -> Problem:
    return problem(
        "ACG003",
        document,
        span,
        f"with this alias spelled out, aliases stand for {aliased:,} values",
        "Use fewer aliases of aliases; values for many versions can be written once under defaults.",
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
        f"the alias *{name} is part of the value that &{name} names, which would never end",
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
        f"the key {shown(path[-1])} appears here and in line {document.position(first).line}",
        "Remove one of the two, or merge what is below them.",
        path=path,
        why="YAML readers silently drop one of the two.",
    )


def key_not_text(document: Document, span: Span, value: Any, path: Path) -> Problem:
    """A key that YAML reads as something else than text: a number where a version belongs, most of the time."""
    written = document.text[span.start : span.end]
    if isinstance(value, dict) and (template := _template_around(document, span)):
        return unquoted_template(document, *template, path)
    if isinstance(value, list | dict):
        what = "list" if isinstance(value, list) else "mapping"
        message, fix = f"a {what} is used as a key", "Write a name as the key, and the rest below it."
        return problem("ACG008", document, span, message, fix, path=path)
    what = "nothing" if value is None else "true or false" if isinstance(value, bool) else "a number"
    if path and path[-1] == "versions" and written:
        is_number = what == "a number"
        return problem(
            "ACG008",
            document,
            span,
            f"the version {written} is {what} to YAML, not text",
            f"Write three parts: {_three_parts(written)}",
            path=(*path, written),
            why="To YAML, 1.1 and 1.10 are the same number, and so the same version." if is_number else None,
        )
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


def unquoted_template(document: Document, span: Span, written: str, path: Path = ()) -> Problem:
    """A template whose braces YAML reads as a mapping, or cannot read at all."""
    return problem(
        "ACG016",
        document,
        span,
        f"{subject(path) + ' holds' if path else 'here stands'} {visible(written)}, a template that was not filled in",
        "Write the value, or check the file that the template is rendered to.",
        path=path,
    )


_OF_LABS: Final[dict[str | int, str]] = {"labPlans": "lab plan", "labAccounts": "lab account"}


def subject(path: Path) -> str:
    """What a place belongs to, as people call it: ``corp/ubuntu-2404/1.0.0: targetRegions[1].name``."""
    names, rest = [], list(path)
    if len(rest) > 1 and rest[0] in _OF_LABS:
        names, rest = [f"{_OF_LABS[rest[0]]} {rest[1]}"], rest[2:]
    for level in ("galleries", "images", "versions"):
        if len(rest) < 2 or rest[0] != level:
            break
        names.append(str(rest[1]))
        rest = rest[2:]
    return ": ".join(part for part in ("/".join(names), dotted(tuple(rest))) if part) or "the catalog"
