"""The words for text that nobody meant to write."""

from acg.catalog._cli_notation import what_it_is
from acg.catalog._document import Document
from acg.catalog._messages import problem, subject
from acg.errors import Problem, shown
from acg.path import Path
from acg.text import visible


def hidden_character(document: Document, path: Path, character: str, *, is_key: bool) -> Problem:
    """A character that cannot be seen, or that changes what is seen of the others."""
    folded = "; >- folds several lines into one" if character in "\r\n" and not is_key else ""
    return problem(
        "ACG015",
        document,
        document.span(path, key=is_key),
        f"{'the key' if is_key else subject(path)} holds {_name_of(character)}",
        f"Remove it{folded}.",
        path=path,
        why="It could make a name look like another one, and steers terminals and logs.",
    )


def _name_of(character: str) -> str:
    if character in "\r\n":
        return "a line break"
    if character == "\t":
        return "a tab"
    return f"the character U+{ord(character):04X}, which cannot be seen"


def template(document: Document, path: Path, found: list[str], *, is_key: bool) -> Problem:
    """Text that another tool should have replaced."""
    written = " and ".join(dict.fromkeys(visible(one) for one in found[:3]))
    is_one = len(found) == 1
    return problem(
        "ACG016",
        document,
        document.span(path, key=is_key),
        f"{'a key of ' + subject(path[:-1]) if is_key else subject(path)} holds {written}, "
        f"{'a template that was' if is_one else 'templates that were'} not filled in",
        "Write the value, or check the file that the template is rendered to.",
        path=path,
    )


def notation_of_the_cli(document: Document, path: Path, translated: str) -> Problem:
    """Regions, edge zones or features in the notation of the Azure CLI."""
    written = shown(document.written(path))
    message = f"{subject(path)} is {written}, as the Azure CLI takes {what_it_is(path)}"
    return problem("ACG007", document, document.span(path), message, translated, path=path)


def nothing(document: Document, path: Path, *, is_key: bool) -> Problem:
    """Empty text, or blanks, where a name, an id or a word belongs."""
    if is_key:
        what, fix = f"a key of {subject(path[:-1])} is empty", "Write a name before the colon."
    else:
        what, fix = f"{subject(path)} is empty", "Write a value, or remove it."
    return problem("ACG008" if is_key else "ACG007", document, document.span(path, key=is_key), what, fix, path=path)
