"""The table: what is declared and set, and what every user of the rules has to find in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from acg.desired.resource import Resource
from acg.rules import examples


class Found(NamedTuple):
    """What a user of the rules shows about a resource."""

    code: str
    resource: str
    path: str
    """Of the input; empty for what is suppressed or undecided, where not every user shows it."""
    severity: str
    """error, warning, undecided or suppressed."""


@dataclass(frozen=True)
class Row:
    """A catalog with settings, or resources as a state holds them."""

    name: str
    found: tuple[Found, ...]
    catalog: str | None = None
    resources: Sequence[Resource] = ()
    """In place of a catalog, for what only a state shows."""
    outputs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By resource, what Azure answered; the inputs where nothing is said."""
    guardrails: Mapping[str, Any] = field(default_factory=dict)
    own_rule: str | None = None


SOURCE = examples.resource_id("images", "built")


def catalog(versions: str, regions: str = "") -> str:
    """A gallery with one definition."""
    return f"""{regions}
galleries:
  corp:
    resourceGroup: rg-images
    location: westeurope
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        hyperVGeneration: V2
        securityType: Standard
        identifier: {{publisher: contoso, offer: linux, sku: ubuntu}}
        versions:
{versions}"""


def version(number: str = "1.0.0", **more: str) -> str:
    """A version that every rule passes, as far as it can be decided."""
    given = {
        "source": f"{{managedImage: {SOURCE}}}",
        "targetRegions": "[westeurope]",
        "osDisk": "{expectedSizeGB: 30}",
        "endOfLifeDate": "2099-12-31",
        **more,
    }
    lines = [f'          "{number}":', *(f"            {key}: {value}" for key, value in given.items())]
    return "\n".join(lines)


def suppressing(rule: str, until: str) -> str:
    """The value of ``suppress``."""
    return f"[{{rule: {rule}, reason: agreed, until: {until}}}]"


NOW = datetime.now(UTC).date()
TODAY = str(NOW)
FIRST, BAD = "corp/ubuntu/1.0.0", "corp/ubuntu/1.0"
UNNUMBERED = Found("ACG103", BAD, "galleryImageVersionName", "error")

OWN_RULE = '''"""A gallery is small."""
from acg.rules import azure_rule
from acg.rules.views import Gallery

@azure_rule(code="ACG951", name="small-gallery", looks_at=Gallery, why="Because.", fix="Do.", source="https://example.com")
def small_gallery(gallery):
    BODY
'''
FAILING = OWN_RULE.replace("BODY", 'yield gallery.fails("is too large", "location")')
CRASHING = OWN_RULE.replace("BODY", "raise ZeroDivisionError(gallery.name)")

NEW_REGION = "regions: {westeuropa: {displayName: West Europa, geography: Europe, zones: ['1', '2', '3']}}\n"
TWO_DISKS = {
    "source": {"id": SOURCE},
    "dataDiskImages": [{"lun": 5, "hostCaching": "None"}, {"lun": 2, "hostCaching": "None"}],
}
READ_BACK = {
    "osDiskImage": {"sizeInGB": 30},
    "dataDiskImages": [{"lun": 2, "sizeInGB": 1_500}, {"lun": 5, "sizeInGB": 30}],
}
BESIDE = {
    "osDiskImage": {"source": {"id": examples.resource_id("snapshots", "os")}},
    "dataDiskImages": [{"lun": 0, "source": {"id": examples.resource_id("disks", "data")}}],
}
UNIQUE = {"identifier": {"uniqueName": f"{examples.SUBSCRIPTION.upper()}-CORP"}}


def gallery() -> Resource:
    """A gallery that is deployed, in the provider's subscription."""
    return _deployed(examples.gallery(subscription=None), "galleries", "corp")


def definition() -> Resource:
    """A definition that is deployed."""
    return _deployed(examples.definition(subscription=None), "galleries", "corp/images/ubuntu")


def disk(size: int) -> Resource:
    """A disk that is deployed."""
    return _deployed(examples.resource("Disk", "data", subscription=None, diskSizeGB=size), "disks", "data")


def made(storage: Mapping[str, Any]) -> Resource:
    """A version that is deployed."""
    return _deployed(
        examples.version(subscription=None, storage=storage), "galleries", "corp/images/ubuntu/versions/1.0.0"
    )


def _deployed(resource: Resource, kind: str, name: str) -> Resource:
    return replace(resource, id=examples.resource_id(kind, name))


def undecided(*codes: str, resource: str = FIRST) -> tuple[Found, ...]:
    """Rules that need what is not known."""
    return tuple(Found(code, resource, "", "undecided") for code in codes)


def outside(resource: str) -> tuple[Found, ...]:
    """What nobody can decide about a version whose source is not in the stack."""
    return undecided("ACG201", "ACG305", "ACG306", resource=resource)


ROWS = [
    Row("a catalog that every rule passes", outside(FIRST), catalog(version())),
    Row("a version without three numbers", (UNNUMBERED, *outside(BAD)), catalog(version("1.0"))),
    Row(
        "a region that the catalog adds",
        outside(FIRST),
        catalog(version(targetRegions="[westeurope, westeuropa]"), NEW_REGION),
    ),
    Row(
        "a region that nobody adds",
        (Found("ACG401", FIRST, "publishingProfile.targetRegions[1].name", "error"), *outside(FIRST)),
        catalog(version(targetRegions="[westeurope, westeuropa]")),
    ),
    Row(
        "a rule of the team's own",
        (Found("ACG951", "corp", "location", "warning"), *outside(FIRST)),
        catalog(version()),
        guardrails={"small-gallery": "advisory"},
        own_rule=FAILING,
    ),
    Row(
        "a rule that ends with an error is one at every level",
        (Found("ACG090", "corp", "", "error"), *outside(FIRST)),
        catalog(version()),
        guardrails={"small-gallery": "advisory"},
        own_rule=CRASHING,
    ),
    Row(
        "a suppression that holds",
        (Found("ACG103", BAD, "", "suppressed"), *outside(BAD)),
        catalog(version("1.0", suppress=suppressing("ACG103", TODAY))),
    ),
    Row(
        "an expired suppression",
        (UNNUMBERED, Found("ACG091", BAD, "suppress[0]", "warning"), *outside(BAD)),
        catalog(version("1.0", suppress=suppressing("ACG103", "2020-01-01"))),
    ),
    Row(
        "a suppression that hides nothing",
        (Found("ACG092", FIRST, "suppress[0]", "warning"), *outside(FIRST)),
        catalog(version(suppress=suppressing("ACG103", TODAY))),
    ),
    Row(
        "a suppression for ever",
        (UNNUMBERED, Found("ACG093", BAD, "suppress[0]", "error"), *outside(BAD)),
        catalog(version("1.0", suppress=suppressing("ACG103", "2999-12-31"))),
    ),
    Row(
        "suppressions that are taken strictly",
        (UNNUMBERED, Found("ACG091", BAD, "suppress[0]", "error"), *outside(BAD)),
        catalog(version("1.0", suppress=suppressing("ACG103", "2020-01-01"))),
        guardrails={"suppressions": {"enforcementLevel": "mandatory"}},
    ),
    Row(
        "suppressions that are not looked at",
        (UNNUMBERED, *outside(BAD)),
        catalog(version("1.0", suppress=suppressing("ACG103", "2020-01-01"))),
        guardrails={"suppressions": "disabled"},
    ),
    Row(
        "a rule that is switched off",
        outside(BAD),
        catalog(version("1.0")),
        guardrails={"version-number": "disabled"},
    ),
    Row(
        "a guard with settings",
        (Found("ACG903", FIRST, "publishingProfile.targetRegions[0].name", "error"), *outside(FIRST)),
        catalog(version()),
        guardrails={"minimum-replicas": {"enforcementLevel": "mandatory", "replicas": 2}},
    ),
    Row(
        "past its end of life, of which nobody knows whether it is new",
        (Found("ACG702", FIRST, "publishingProfile.endOfLifeDate", "warning"), *outside(FIRST)),
        catalog(version(endOfLifeDate="2020-01-01")),
    ),
]
"""What a catalog and its settings say."""

STATES = [
    Row(
        "sizes that are read back in another order",
        (
            Found("ACG501", FIRST, "storageProfile.dataDiskImages[1]", "warning"),
            *undecided("ACG201", "ACG305"),
        ),
        resources=[gallery(), definition(), made(TWO_DISKS)],
        outputs={"corp": UNIQUE, FIRST: {"storageProfile": READ_BACK}},
    ),
    Row(
        "a disk of the stack that is named by a literal id",
        (
            Found("ACG501", FIRST, "storageProfile.dataDiskImages[0]", "error"),
            *undecided("ACG201", "ACG205", "ACG305", "ACG502"),
        ),
        resources=[gallery(), definition(), disk(1_025), made(BESIDE)],
        outputs={"corp": UNIQUE},
    ),
]
"""What only a state shows."""
