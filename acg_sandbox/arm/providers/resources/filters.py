"""``$filter`` of lists of resources and groups: what Microsoft documents of it, and nothing else.

Comparisons with ``eq`` and ``ne``, ``substringof('part', name)`` and ``startswith(name, 'begin')``, joined by ``and``,
``or`` and parentheses. Source: https://learn.microsoft.com/rest/api/resources/resources/list, ``$filter``. What is not
understood is refused: a list that leaves a filter out names too much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from acg_sandbox.arm.protocol.refusals import refuse
from acg_sandbox.arm.protocol.regions import canonical

Test = Callable[[Mapping[str, Any]], bool]
"""Whether a resource's body is wanted."""

_TOKEN = re.compile(r"\s*(?:'((?:[^']|'')*)'|([A-Za-z][\w/.]*)|([(),]))")
_FIELDS = {"resourcetype", "resourcegroup", "name", "location", "tagname", "tagvalue"}


def parse_filter(text: str) -> Test:
    """The test that a filter stands for; refuses what is not understood."""
    return _Parser(text).whole()


def _value(body: Mapping[str, Any], field: str) -> str:
    if field == "resourcetype":
        return str(body.get("type", ""))
    if field == "resourcegroup":
        parts = str(body.get("id", "")).split("/")
        return parts[4] if len(parts) > 4 else ""
    if field == "location":
        return canonical(str(body.get("location", "")))
    return str(body.get(field, ""))


class _Parser:
    """Recursive descent: or, and, one condition."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if match is None:
                self._refuse()
            quoted, word, mark = match.groups()
            self._tokens.append(("text", quoted.replace("''", "'")) if quoted is not None else ("word", word or mark))
            at = match.end()
        self._at = 0

    def whole(self) -> Test:
        test = self._any()
        if self._at < len(self._tokens):
            self._refuse()
        return test

    def _refuse(self) -> NoReturn:
        refuse("filter-invalid", filter=self._text)

    def _next(self, kind: str = "word", *allowed: str) -> str:
        if self._at >= len(self._tokens):
            self._refuse()
        found, value = self._tokens[self._at]
        value = value if found == "text" else value.lower()
        if found != kind or (allowed and value not in allowed):
            self._refuse()
        self._at += 1
        return value

    def _follows(self, word: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "word":
            return self._tokens[self._at][1].lower() == word
        return False

    def _any(self) -> Test:
        tests = [self._all()]
        while self._follows("or"):
            self._at += 1
            tests.append(self._all())
        return lambda body: any(test(body) for test in tests)

    def _all(self) -> Test:
        """Conditions joined by ``and``: a tag's name and value belong to one and the same tag."""
        tests: list[Test] = []
        tag: dict[str, str] = {}
        while True:
            self._condition(tests, tag)
            if not self._follows("and"):
                break
            self._at += 1
        if "tagvalue" in tag and "tagname" not in tag:
            self._refuse()
        if tag:
            tests.append(lambda body: _has_tag(body, tag))
        return lambda body: all(test(body) for test in tests)

    def _condition(self, tests: list[Test], tag: dict[str, str]) -> None:
        if self._follows("("):
            self._at += 1
            tests.append(self._any())
            self._next("word", ")")
            return
        word = self._next()
        if word in {"substringof", "startswith"}:
            tests.append(self._function(word))
            return
        if word not in _FIELDS:
            self._refuse()
        comparison = self._next("word", "eq", "ne")
        wanted = self._next("text")
        if word in {"tagname", "tagvalue"}:
            if comparison != "eq" or word in tag:
                self._refuse()
            tag[word] = wanted
            return
        wanted = canonical(wanted) if word == "location" else wanted.lower()
        same = comparison == "eq"
        tests.append(lambda body: (_value(body, word).lower() == wanted) is same)

    def _function(self, name: str) -> Test:
        self._next("word", "(")
        if name == "substringof":
            part = self._next("text").lower()
            self._next("word", ",")
            field = self._next("word", "name", "resourcegroup")
        else:
            field = self._next("word", "name", "resourcegroup", "tagname")
            self._next("word", ",")
            part = self._next("text").lower()
        self._next("word", ")")
        if field == "tagname":
            return lambda body: any(str(key).lower().startswith(part) for key in body.get("tags") or {})
        if name == "substringof":
            return lambda body: part in _value(body, field).lower()
        return lambda body: _value(body, field).lower().startswith(part)


def _has_tag(body: Mapping[str, Any], tag: Mapping[str, str]) -> bool:
    """Names of tags have no case, values do (MicrosoftDocs azure-resource-manager/management/tag-resources)."""
    for name, value in (body.get("tags") or {}).items():
        if str(name).lower() == tag["tagname"].lower() and tag.get("tagvalue", value) == value:
            return True
    return False
