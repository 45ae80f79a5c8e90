"""Text of others made harmless: a catalog's names must not steer a terminal, a log or a parser."""

import re

_HARMFUL = (
    "[\x00-\x1f\x7f-\x9f"  # control characters, among them those that steer terminals
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # unseen, or reordering what is seen
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"  # halves of characters, no characters, tags
)


def visible(text: str) -> str:
    """Text on one line in which every character can be seen; what cannot is written as Python writes it."""
    if text.isascii() and text.isprintable():
        return text  # nearly always: the pattern takes a millisecond to compile
    return re.sub(_HARMFUL, lambda found: _escaped(found[0]), text)


def _escaped(character: str) -> str:
    code = ord(character)
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
