"""Images only for Trusted Launch or only for confidential machines are in a private gallery."""

from collections.abc import Iterator

from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery
from acg.rules.index import ResourceIndex
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition

PRIVATE = ("trustedlaunch", "confidentialvm")


@azure_rule(
    code="ACG254",
    name="private-security-type",
    looks_at=ImageDefinition,
    why="Such an image holds the state of the machine it was made from; Azure supports it only in private galleries.",
    fix="Move the definition to a private gallery, or use the security type whose name ends in Supported.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
)
def private_security_type(definition: ImageDefinition, index: ResourceIndex) -> Iterator[Failure]:
    feature = definition.feature("SecurityType")
    if not feature or (feature.value or "").lower() not in PRIVATE:
        return
    gallery = index.required_gallery(definition)
    if gallery.is_shared:
        yield feature.fails(f"is {feature.value} and in the shared gallery {gallery.title}", "value")


def examples() -> Examples:
    def of(value: str) -> list[dict[str, str]]:
        return [{"name": "SecurityType", "value": value}]

    community, direct = (gallery(sharingProfile={"permissions": how}) for how in ("Community", "Groups"))
    return Examples(
        compliant=[
            case("in a private gallery", gallery(), definition(features=of("TrustedLaunch"))),
            case("one that merely supports it", community, definition(features=of("TrustedLaunchSupported"))),
            case("Standard", direct, definition()),
        ],
        noncompliant=[
            case("Trusted Launch, with the community", community, definition(features=of("TrustedLaunch"))),
            case("confidential, with other subscriptions", direct, definition(features=of("confidentialVM"))),
        ],
        undecided=[
            case(
                "how the gallery is shared is known later",
                gallery(sharingProfile=UNKNOWN),
                definition(features=of("TrustedLaunch")),
            ),
        ],
    )
