"""A version number is written without leading zeros."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG104",
    name="version-leading-zeros",
    looks_at=ImageVersion,
    why="Azure compares versions as whole numbers. What it does with leading zeros is not documented, and two "
    "spellings of one number cannot both be versions of an image.",
    fix="Write each part without leading zeros.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries#image-versions",
)
def version_leading_zeros(version: ImageVersion, index: ResourceIndex) -> Iterator[Failure]:
    number = version.version_number
    if number is None or not number.has_leading_zeros:
        return
    home = index.home(version)
    for other in index.all(ImageVersion):
        same = other is not version and other.knows(other.NAME) and other.version_number == number
        if same and other.name != version.name and index.home(other) == home:
            yield version.fails(f"is the same number as {other.title}", version.NAME)
            return
    yield version.fails("has leading zeros in its number", version.NAME, severity="warning")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("zeros that are no leading ones", version("10.0.100")),
            case("the same number in another definition", version("1.0.0"), version("1.0.0", image="windows")),
        ],
        noncompliant=[
            case("a month with a leading zero: a warning", version("2027.01.15")),
            case("two spellings of one number: an error", version("1.0.0"), version("1.00.0")),
        ],
        undecided=[case("a number from another resource", version(UNKNOWN))],
    )
