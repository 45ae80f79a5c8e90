r"""Text from outside made harmless, in one place for every output.

Names, keys, comments, file names and reasons come from people who may not be trusted, and what is printed reaches
terminals, logs and the agents of pipelines, which carry out commands that they find in a log:

- Azure Pipelines looks for ``##vso[area.event]`` anywhere in a line
  (https://github.com/microsoft/azure-pipelines-agent, Command.cs);
- GitHub Actions looks for ``::command::`` at the beginning of a line, blanks skipped, and for ``##[command]`` anywhere
  in it (https://github.com/actions/runner, ActionCommand.cs).

Characters are judged by their Unicode category, not by a list of known attacks. Whatever is written out has the form
that Python gives it, such as ``\x1b``. Nothing invisible is ever put in: the agents compare text by culture, which
ignores what cannot be seen.
"""

import re
from typing import Final

# The patterns are compiled where they are needed: that takes a millisecond, and most checks never do.
LOOKS_EMPTY: Final = "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
"""Letters, symbols and marks by category, but nothing is seen of them: fillers, an empty Braille cell, selectors.

Source: https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt, Default_Ignorable_Code_Point.
"""
_MARK: Final = r"##(?=\[|(?i:vso)\[)"
_COMMAND: Final = r"(?m)^([^\S\n]*):(?=:)"
_SIGNATURE: Final = r"""(?i)\b(sig(?:=|%3D))([^&\s"'<>,}\]]+)"""
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Text on one line in which every character can be seen; what cannot be seen is written out.

    Written out are control, format and private characters, halves of characters, separators of lines and paragraphs,
    blanks other than the space, and what only looks like nothing.
    """
    if text.isprintable() and (text.isascii() or not re.search(LOOKS_EMPTY, text)):
        return text
    looks_empty = re.compile(LOOKS_EMPTY)
    return "".join(
        character if character.isprintable() and not looks_empty.match(character) else _written_out(character)
        for character in text
    )


def inert(text: str) -> str:
    """Text from outside on one line that neither a terminal nor the agent of a pipeline obeys; without signatures."""
    return without_commands(visible(redacted(text)))


def inert_lines(text: str) -> str:
    """Likewise for text of many lines, which stay lines."""
    return "\n".join(inert(line) for line in text.split("\n"))


def redacted(text: str) -> str:
    """Text in which signatures of shared access (SAS) are covered, character by character."""
    if "sig" not in text.lower():
        return text
    return re.sub(_SIGNATURE, lambda found: found[1] + "*" * len(found[2]), text)


def lines_of(text: str) -> list[str]:
    """The lines of a text as editors count them, without their ends."""
    return text.split("\n") if "\r" not in text else re.split(r"\r\n|\r|\n", text)


def without_commands(output: str) -> str:
    """Output of one or many lines without anything that the agent of a pipeline takes for a command."""
    if "##" in output:
        output = re.sub(_MARK, r"#\\x23", output)
    if "::" in output:
        output = re.sub(_COMMAND, r"\1\\x3a", output)
    return output


def _written_out(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return _SHORT.get(character) or f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
