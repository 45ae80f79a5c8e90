"""Words for messages."""

from collections.abc import Iterable

from acg.errors import shown

LONGEST = 5
"""Most items of a list that a sentence names."""


def listing(items: Iterable[str], last: str = "and") -> str:
    """Items as a sentence lists them: ``a, b and c``; long lists end in a number."""
    found = list(items)
    if len(found) > LONGEST:
        found = [*found[:LONGEST], f"{len(found) - LONGEST:,} more"]
    return f" {last} ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def counted(number: int, noun: str) -> str:
    """A number with its noun: ``1 replica``, ``3,000 replicas``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def with_article(noun: str) -> str:
    """A noun with the article that it has: ``a snapshot``, ``an image version``."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


__all__ = ["listing", "counted", "with_article", "shown"]
