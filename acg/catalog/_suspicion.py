"""A quick look at what a document says: most say nothing that needs a closer one."""

import re
from collections.abc import Iterable
from typing import Final

from acg.text import LOOKS_EMPTY

_MARKS: Final = ("%", "@", "{", "__", "«")
"""What templates have in them, and hardly any name, id or number."""


def is_suspicious(scalars: Iterable[str], text: str) -> bool:
    """Whether there may be text in a document that nobody meant to write.

    Args:
        scalars: Its keys and values, in any order; equal ones may be there once.
        text: All of it.
    """
    said = f"{' '.join(scalars)} ."
    return (
        not said.isprintable()
        or "  " in said  # one of them is empty, or has blanks
        or any(mark in said for mark in _MARKS)
        or said.count("$") > said.count("$schema")
        or ("<" in said and said.count("<") > 2 * said.count("<<"))
        or ("=" in said and re.search(r"[A-Za-z0-9]=[A-Za-z0-9]", said) is not None)
        or ("(" in said and re.search(r"(?:^| )\[?[A-Za-z][\w.]*\(", said) is not None)
        or (not said.isascii() and re.search(LOOKS_EMPTY, said) is not None)
        or "#{" in text
    )
