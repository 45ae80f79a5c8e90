"""Templates that were left in: text that another tool should have replaced before the catalog is read."""

import re
from typing import Final

TEMPLATE: Final = re.compile(
    r"\$\{\{.{0,200}?\}\}|\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\$\{[^{}]*\}|\$\[[^\[\]]*\]|#\{[^{}]*\}#|<%.{0,200}?%>|\$\([A-Za-z_][\w.:-]*\)",
    re.DOTALL,
)
"""Expressions of GitHub, Azure Pipelines, Jinja, Helm, ERB, Terraform and shells, and tokens of release tools.

Their length is limited, so that a text of nothing but opening braces is not searched to its end for each of them.
"""

_BLANK: Final = re.compile(r"<[A-Za-z][^<>]*>")
"""A blank to be filled in, as documentation has them: ``<subscription-id>``."""


def templates_in(text: str, *, is_free: bool) -> list[str]:
    """The templates in a text. In text for people, a blank is only one that is all of it."""
    found = [match[0] for match in TEMPLATE.finditer(text)]
    if found or "<" not in text:
        return found
    return [match[0] for match in _BLANK.finditer(text) if not is_free or match[0] == text.strip()]
