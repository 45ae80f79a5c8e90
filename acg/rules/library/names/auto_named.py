"""Galleries, definitions and versions have names of their own."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Outcome, Undecided
from acg.rules.views import Gallery, ImageDefinition, ImageVersion


@azure_rule(
    code="ACG110",
    name="auto-named",
    looks_at=(Gallery, ImageDefinition, ImageVersion),
    why="Without a name Pulumi makes one up that ends in random letters: never a version number, and for galleries and "
    "definitions one that changes with every replacement and is seen by everybody who boots an image.",
    fix="Set the name explicitly.",
    source="https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming",
)
def auto_named(subject: Gallery | ImageDefinition | ImageVersion) -> Iterator[Outcome]:
    if subject.knows(subject.NAME):
        return
    if subject.has(subject.NAME):
        yield Undecided(f"{subject.NAME} is known only after deployment", (subject.NAME,))
    elif isinstance(subject, ImageVersion):
        yield subject.fails("has no number, and a name that Pulumi makes up is none", subject.NAME)
    else:
        yield subject.fails("has no name of its own", subject.NAME, severity="warning")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("names", gallery("corp"), definition("ubuntu"), version("1.0.0")),
        ],
        noncompliant=[
            case("a version without a number", version(None)),
            case("a gallery without a name: a warning", gallery(None)),
        ],
        undecided=[case("a name from another resource", gallery(UNKNOWN))],
    )
