"""What a misspelt word was meant to be."""

from collections.abc import Iterable

_LIKE = 0.7
"""Least likeness, as `difflib` measures it: "properties" is 0.63 of "retire", and nobody means that."""


def suggest(written: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known words that a word is most like, best first; case, hyphens and underscores make no difference."""
    from difflib import get_close_matches  # takes two milliseconds to import, and most input is spelt right

    words: dict[str, str] = {}
    for word in known:
        words.setdefault(plain(word), word)
    return [words[near] for near in get_close_matches(plain(written), words, n=most, cutoff=_LIKE)]


def plain(word: str) -> str:
    """A word without what makes no difference."""
    return word.lower().replace("_", "").replace("-", "")
