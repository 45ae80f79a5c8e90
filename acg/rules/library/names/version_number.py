"""The name of a version is three whole numbers: major.minor.patch."""

from collections.abc import Iterator

from acg.azure.version_number import VersionNumberError
from acg.rules.examples import UNKNOWN, Examples, case, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageVersion


@azure_rule(
    code="ACG103",
    name="version-number",
    looks_at=ImageVersion,
    judges_existing=True,
    why="Azure orders versions by three whole numbers of 32 bits and takes no other name.",
    fix="Name the version major.minor.patch, each 0 to 2147483647, such as 1.4.0.",
    source="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images",
)
def version_number(version: ImageVersion) -> Iterator[Failure]:
    found = version.number_or_error
    if isinstance(found, VersionNumberError):
        yield version.fails(f"is not a version number: {found.cause}", version.NAME)


def examples() -> Examples:
    return Examples(
        compliant=[
            case("the usual form", version("1.10.0")),
            case("all zeros, which nothing forbids", version("0.0.0")),
            case("the largest number", version("2147483647.2147483647.2147483647")),
            case("a build date and a build number", version("17763.1697.210113")),
        ],
        noncompliant=[
            case("two parts", version("1.0")),
            case("a word by which versions are looked up", version("latest")),
            case("beyond 32 bits", version("1.0.2147483648")),
            case("a sign", version("1.-1.0")),
            case("digits of another script", version("１.0.0")),
        ],
        undecided=[case("a number from another resource", version(UNKNOWN))],
    )
