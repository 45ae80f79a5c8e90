"""A definition names each feature, and so its security type, once."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition


@azure_rule(
    code="ACG250",
    name="one-security-type",
    looks_at=ImageDefinition,
    why="An image is of one security type; Azure refuses two.",
    fix="Keep the one that the image supports.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
)
def one_security_type(definition: ImageDefinition) -> Iterator[Failure]:
    seen: set[str] = set()
    for feature in definition.features:
        name = (feature.name or "").lower()
        if name in seen:
            # Which of two like-named features counts is not written anywhere, but for the security type.
            severity = None if name == "securitytype" else "warning"
            yield feature.fails(f"names the feature {feature.name} twice", "name", severity=severity)
        seen.add(name)


def examples() -> Examples:
    trusted = {"name": "SecurityType", "value": "TrustedLaunch"}
    return Examples(
        compliant=[
            case("one", definition(features=[trusted])),
            case("none", definition(features=None)),
            case(
                "one among other features",
                definition(features=[trusted, {"name": "IsHibernateSupported", "value": "True"}]),
            ),
        ],
        noncompliant=[
            case("two", definition(features=[trusted, {"name": "SecurityType", "value": "ConfidentialVM"}])),
            case("one, in two spellings", definition(features=[trusted, {**trusted, "name": "securitytype"}])),
            case(
                "another feature twice: a warning",
                definition(features=[{"name": "IsHibernateSupported", "value": "True"}] * 2),
            ),
        ],
        undecided=[case("features that are known later", definition(features=UNKNOWN))],
    )
