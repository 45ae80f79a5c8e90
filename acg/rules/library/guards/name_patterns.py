"""Names follow the patterns of the team."""

from collections.abc import Iterator

from pydantic import Field

from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, version
from acg.rules.rule import guard_rule
from acg.rules.setting import Settings
from acg.rules.team.pattern import Pattern
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, ImageDefinition, ImageVersion
from acg.rules.words import shown


class NamePatterns(Settings):
    galleries: Pattern | None = Field(None, description="Regular expression for whole names of galleries.")
    definitions: Pattern | None = Field(None, description="Regular expression for whole names of definitions.")
    versions: Pattern | None = Field(None, description="Regular expression for whole numbers of versions.")


@guard_rule(
    code="ACG910",
    name="name-patterns",
    looks_at=(Gallery, ImageDefinition, ImageVersion),
    settings=NamePatterns,
    why="Names are what people search for and what scripts take apart.",
    fix="Choose a name that follows the pattern in guardrails.json.",
)
def name_patterns(subject: Gallery | ImageDefinition | ImageVersion, settings: NamePatterns) -> Iterator[Failure]:
    if isinstance(subject, Gallery):
        pattern = settings.galleries
    else:
        pattern = settings.definitions if isinstance(subject, ImageDefinition) else settings.versions
    if pattern is None:
        return
    name = subject.name
    if name is not None and not pattern.matches(name):
        yield subject.fails(f"has a name that does not follow the pattern {shown(pattern.text)}", subject.NAME)


def examples() -> Examples:
    return Examples(
        compliant=[
            case("a name that follows", definition("lin-ubuntu"), definitions="(lin|win)-.+"),
            case("a pattern for others", gallery("corp"), definitions="(lin|win)-.+"),
        ],
        noncompliant=[
            case("a name that does not follow", definition("ubuntu"), definitions="(lin|win)-.+"),
            case("a number that is not a date", version("1.0.0"), versions=r"20\d\d\.\d+\.\d+"),
        ],
        undecided=[case("a name from another resource", gallery(UNKNOWN), galleries="corp.*")],
    )
