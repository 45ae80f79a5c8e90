"""The name of an image definition is made of letters, digits, underscores, hyphens and periods."""

from collections.abc import Iterator

from acg.azure import names
from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition


@azure_rule(
    code="ACG102",
    name="definition-name",
    looks_at=ImageDefinition,
    judges_existing=True,
    why="Azure takes no other characters in a definition's name, and at most 80. Whether it takes an underscore "
    "at the end, its documentation contradicts itself.",
    fix="Use 1 to 80 English letters, digits, underscores, hyphens and periods, with a letter or digit at both ends.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def definition_name(definition: ImageDefinition) -> Iterator[Failure]:
    name = definition.name
    if name is not None and (fault := names.DEFINITION.fault(name)):
        # Azure's words forbid an underscore at the end, and the pattern in its own message admits one.
        is_open = name.endswith("_") and not names.DEFINITION.fault(name.rstrip("_") or name)
        severity = "warning" if is_open and len(name) <= names.DEFINITION.most else None
        yield definition.fails(f"has a name that {fault}", definition.NAME, severity=severity)


def examples() -> Examples:
    return Examples(
        compliant=[
            case("hyphens inside", definition("ubuntu-2404-gen2")),
            case("a name of one digit", definition("7")),
            case("the longest name", definition("d" * 80)),
        ],
        noncompliant=[
            case("a space", definition("ubuntu 2404")),
            case("a period at the end", definition("ubuntu.")),
            case("an underscore at the end: a warning", definition("ubuntu_")),
            case("too long", definition("d" * 81)),
        ],
        undecided=[case("a name from another resource", definition(UNKNOWN, identifier={}))],
    )
