"""Templates that were left in: text that another tool should have replaced before the catalog is read."""

import re
from typing import Final

TEMPLATE: Final = re.compile(
    r"\$\{\{.{0,200}?\}\}"  # GitHub, Azure Pipelines
    r"|\$\[\[.{0,200}?\]\]"  # GitLab
    r"|\{\{\{.{0,200}?\}\}\}|\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\{\#.{0,200}?\#\}"  # Jinja, Helm, Packer, Mustache
    r"|\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"  # Terraform, Pulumi, shells, with one more inside
    r"|%\{~?\s*(?:if|else|endif|for|endfor)\b[^{}]*\}"  # Terraform
    r"|\$\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]|\$\([A-Za-z_][\w.:-]*\)"  # Azure Pipelines
    r"|\#\{[^{}]*\}\#|<%.{0,200}?%>",  # release tools, ERB
    re.DOTALL,
)
"""Expressions that nobody writes by chance, not even in text for people.

Their length is limited, so that a text of nothing but opening braces is not searched to its end for each of them.
"""

_TOKEN: Final = re.compile(
    TEMPLATE.pattern + r"|\${1,2}(?:[A-Za-z_][\w.:]*|\([^()]*\))|%\(\w+\)s|%[A-Za-z_]\w*%"  # shells, Python, Windows
    r"|@{1,2}[A-Za-z_][\w.-]*@{1,2}|(?<![^/])__[A-Za-z][\w.-]*?__(?![^/])|«[^«»]*»"  # tools that replace tokens
    r"|\#?\{[^{}]*\}"  # Octopus, Python, the paths of REST APIs
    r"|^\[[A-Za-z][\w.]*\(.*\]$",  # ARM
    re.DOTALL,
)
"""These and what may be in text for people, but in no id, name, number or word of Azure's."""

_BLANK: Final = re.compile(r"<[A-Za-z][^<>]*>")
"""A blank to be filled in, as documentation has them: ``<subscription-id>``."""

_NOTHING: Final = frozenset({"<none>", "<empty>", "<null>", "<unset>", "<unknown>"})
"""What tools print for no value, and people copy into tags."""

_STATEMENT: Final = re.compile(r"(?m)^[ \t]*(?P<statement>\{[{%\#].*[}%\#]\}|<%.*%>)[ \t\r]*$")
"""A line of nothing but an expression, such as ``{% if … %}``."""

_UNQUOTED: Final = re.compile(r"(?<=[:\-,\[{\s])(?:@{1,2}[A-Za-z_][\w.-]*@{1,2}|%[A-Za-z_]\w*%)")
"""Tokens whose first character YAML reserves."""


def templates_in(text: str, *, is_free: bool) -> list[str]:
    """The templates in a text. In text for people, a blank is only one that is all of it."""
    has_tokens = not is_free and "://" not in text and not text.startswith("urn:")
    found = [match[0] for match in (_TOKEN if has_tokens else TEMPLATE).finditer(text)]
    if found or "<" not in text or (is_free and text.strip() in _NOTHING):
        return found
    return [match[0] for match in _BLANK.finditer(text) if not is_free or match[0] == text.strip()]


def first_template(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the template is that keeps a text from being YAML.

    Args:
        text: The text of a file.
        start: Where the line begins in which reading ended.
        end: Where that line ends, or what is to be searched of it.
    """
    if found := _STATEMENT.search(text, 0, end):
        return found.span("statement")
    found = TEMPLATE.search(text, start, end) or _UNQUOTED.search(text, start, end)
    return found.span() if found else None
