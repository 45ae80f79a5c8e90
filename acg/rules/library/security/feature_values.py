"""Features of a definition have known names and fitting values."""

from collections.abc import Iterator

from acg.azure.features import FEATURES, Feature, as_kept
from acg.desired.resource import Resource
from acg.rules.examples import UNKNOWN, Examples, case, definition
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import ImageDefinition
from acg.rules.words import shown


@azure_rule(
    code="ACG255",
    name="feature-values",
    looks_at=ImageDefinition,
    why="Azure knows a few features by name and refuses values that they do not have. A feature of another name may be "
    "new, or misspelt and without effect.",
    fix="Use a name and value of the documentation's table.",
    source="https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
)
def feature_values(definition: ImageDefinition) -> Iterator[Failure]:
    for feature in definition.features:
        name, value = feature.name, feature.value
        known = FEATURES.get((name or "").lower())
        if not name:
            yield feature.fails("has a feature without a name")
        elif known is None:
            yield feature.fails(f"has a feature {shown(name)}, which is not known", "name", severity="warning")
        elif (wrong := _wrong(known, value or "")) is not None:
            yield feature.fails(
                f"has the feature {name} with {shown(wrong)}, which is none of {', '.join(known.values)}",
                "value",
                severity=None if known.is_complete else "warning",
            )
        elif (kept := as_kept(name, value or "")) != (value or ""):
            yield feature.fails(
                f"has the feature {name} with {shown(value)}, which Azure keeps as {shown(kept)}, so that every later "
                "update is refused as a change of it",
                "value",
                fix=f"Write {shown(kept)}.",
                severity="warning",
            )


def _wrong(feature: Feature, value: str) -> str | None:
    allowed = {one.lower() for one in feature.values}
    given = [one.strip() for one in value.split(",")] if feature.is_list else [value]
    return next((one for one in given if one.lower() not in allowed), None)


def examples() -> Examples:
    def of(name: object, value: object) -> Resource:
        return definition(features=[{"name": name, "value": value}])

    return Examples(
        compliant=[
            case("a security type in the command line's spelling", of("SecurityType", "ConfidentialVmSupported")),
            case("yes and no in any case", of("IsHibernateSupported", "true")),
            case("both controllers, without a space", of("DiskControllerTypes", "SCSI,NVMe")),
            case("the documentation's name for them", of("DiskControllerType", "SCSI")),
            case("direct virtualization, in Microsoft's own images", of("VirtualizationType", "Direct")),
            case("and how it is scheduled", of("DirectVirtualizationSchedulerType", "GuestManaged")),
            case("no features", definition(features=None)),
        ],
        noncompliant=[
            case("a security type that there is not", of("SecurityType", "TrustedBoot")),
            case("neither yes nor no", of("IsHibernateSupported", "yes")),
            case("an unknown controller among others", of("DiskControllerTypes", "SCSI, IDE")),
            case("no value", of("IsHibernateSupported", None)),
            case("no name", of(None, "True")),
            case("a value that no source has: a warning", of("VirtualizationType", "Nested")),
            case(
                "both controllers, in an order that Azure does not keep: a warning",
                of("DiskControllerTypes", "NVMe,SCSI"),
            ),
            case("an unknown name: a warning", of("IsQuantumSupported", "True")),
        ],
        undecided=[case("a value that is known later", of("SecurityType", UNKNOWN))],
    )
