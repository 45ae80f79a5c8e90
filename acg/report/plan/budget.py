"""What fits into a comment: whole items, in the order of importance, and a count of what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_CALLOUT = 2_000
"""Characters that are kept free for the callout that sums up what is left out."""
_SHARE = 0.6
"""A part that does not fit whole takes so much of what is left, so that the parts behind it are seen too."""


class Budget(NamedTuple):
    """Room for text; each limit holds."""

    characters: int
    """UTF-16 units."""
    size: int
    """Bytes of UTF-8."""

    def minus(self, *texts: str) -> Budget:
        """What is left beside these texts and the blank lines around them."""
        return Budget(
            self.characters - sum(_units(text) + 2 for text in texts),
            self.size - sum(len(text.encode("utf-8", "surrogatepass")) + 2 for text in texts),
        )

    def holds(self, *texts: str) -> bool:
        """Whether these texts fit."""
        return min(self.minus(*texts)) >= 0

    def share(self, part: float) -> Budget:
        """A part of it."""
        return Budget(int(self.characters * part), int(self.size * part))


class Part(NamedTuple):
    """A section as text: its items can be left out one by one, from the last."""

    before: str
    items: tuple[str, ...]
    after: str
    brief: tuple[str, ...]
    """What to say in the place of all items if they do not fit."""
    left_out: str
    """What the items are, in the plural."""
    kinds: tuple[str, ...] = ()
    """What each item is, in words of the product; empty: there is only one kind."""

    def text(self, items: Sequence[str]) -> str:
        """The section with these items. Bullets that follow each other are one list."""
        pieces: list[str] = []
        last = ""
        for item in items:
            if last:
                pieces.append("\n" if _is_bullet(last) and _is_bullet(item) else "\n\n")
            pieces.append(item)
            last = item
        joined = "".join(pieces)
        return "\n\n".join(part for part in (self.before, joined, self.after) if part)


def fit(parts: Sequence[Part], room: Budget) -> tuple[list[str], list[str]]:
    """The texts of the parts that fit, and sentences about what does not."""
    whole = [part.text(part.items) for part in parts]
    if room.holds(*whole):
        return whole, []
    room = Budget(room.characters - _CALLOUT, room.size - _CALLOUT)
    shown: list[str] = []
    missing: list[str] = []
    for part, text in zip(parts, whole, strict=True):
        allowed = room.share(_SHARE)
        if not allowed.holds(text):
            text = _shortened(part, allowed, missing)
        if text:
            shown.append(text)
            room = room.minus(text)
    return shown, missing


def _shortened(part: Part, room: Budget, missing: list[str]) -> str:
    if part.brief and room.holds(part.text(part.brief)):
        missing.append(f"Of the {part.left_out}, only sums are shown.")
        return part.text(part.brief)
    room = room.minus(part.before, part.after)
    taken = 0
    for item in part.items:
        left = room.minus(item)
        if min(left) < 0:
            break
        room, taken = left, taken + 1
    kinds = Counter(part.kinds[taken:])
    which = ": " + ", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common()) if kinds else ""
    missing.append(f"{len(part.items) - taken:,} of {len(part.items):,} {part.left_out} are not shown{which}.")
    return part.text(part.items[:taken]) if taken else ""


def _is_bullet(item: str) -> bool:
    return item.startswith("- ") and "\n\n" not in item


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
