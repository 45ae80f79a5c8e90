"""What a misspelt word was meant to be."""

from collections.abc import Iterable


def suggest(written: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known words that a word is most like, best first; case, hyphens and underscores make no difference."""
    from difflib import get_close_matches  # takes two milliseconds to import, and most input is spelt right

    plain: dict[str, str] = {}
    for word in known:
        plain.setdefault(_plain(word), word)
    return [plain[near] for near in get_close_matches(_plain(written), plain, n=most)]


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "")
