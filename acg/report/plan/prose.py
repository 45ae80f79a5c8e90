"""A sentence that has words of the product and of others, told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from acg.azure.regions import Region, RegionTable
from acg.report.plan.blocks import Code, Inline, Line, Span
from acg.text import visible

_OPENING, _CLOSING = r"""["'(“]*""", r"""[.,;:!?)"'”]*"""
_WORD = re.compile(
    rf"{_OPENING}(?:[A-Za-z]?[a-z]+|[A-Z]+)(?:['’-][A-Za-z]?[a-z]+)*{_CLOSING}"  # plain, capitalized or all capitals
    rf"|\d{{1,3}}(?:,\d{{3}})*%?{_CLOSING}|[→×–—·…%]"
)
_TAIL = re.compile(r"[.,;:!?]+$")
_TERMS = frozenset({"latest"})
"""Plain words that name something."""
_PLAIN = frozenset({"Hyper-V"})
"""Names that are no code although they look like it."""
_WHOLE = re.compile(r"\b[a-z]+(?:[A-Z][A-Za-z]*)*: (?:true|false)\b|\bacg [a-z]+(?: --[a-z-]+)?")
"""What is code only as a whole: ``retire: true``, ``acg plan --stack-file``."""
_GLUE = "\N{NO-BREAK SPACE}"


def prose(text: str) -> Line:
    """A sentence as spans: plain words and small numbers as they are, everything else as code.

    A plain word is letters and common punctuation, so no host makes a mention, a reference, a link or markup of it.
    A region goes by the name that people call it by.
    """
    spans: list[Span] = []
    whole = _WHOLE.sub(_glued, without_query(visible(text)))
    for index, token in enumerate(filter(None, whole.split(" "))):
        for part in (*([" "] if index else []), *_parts(token)):
            if isinstance(part, str) and spans and isinstance(spans[-1], str):
                spans[-1] += part
            else:
                spans.append(part)
    return tuple(spans)


def _glued(found: re.Match[str]) -> str:
    return found[0].replace(" ", _GLUE)


def _parts(token: str) -> Iterator[Inline]:
    token = token.replace(_GLUE, " ")
    tail = found[0] if (found := _TAIL.search(token)) else ""
    core = token.removesuffix(tail)
    if region := _regions().get(core):
        yield region.display_name + tail
    elif core in _PLAIN or (core not in _TERMS and _WORD.fullmatch(token)):
        yield token
    elif core:
        yield Code(core)
        if tail:
            yield tail
    else:
        yield Code(tail)


def without_query(text: str) -> str:
    """Text in which no address shows its query string: that is where signatures stand."""
    return re.sub(r"(https?://[^\s?]*)\?[^\s'\"]*", r"\1?…", text) if "?" in text else text


def region_name(region: str) -> Inline:
    """``West Europe`` for a region that is known, otherwise the name as it is."""
    found = _regions().get(region)
    return found.display_name if found else Code(region)


@cache
def _regions() -> dict[str, Region]:
    return dict(RegionTable())
