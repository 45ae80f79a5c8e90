"""Further rows of the table: days, levels, regions and own rules in combination."""

from datetime import timedelta

from tests.contract.rows import (
    BAD,
    CRASHING,
    FAILING,
    FIRST,
    NEW_REGION,
    NOW,
    OWN_RULE,
    UNNUMBERED,
    Found,
    Row,
    catalog,
    outside,
    suppressing,
    undecided,
    version,
)

TODAY, YESTERDAY, TOMORROW, LATER = (str(NOW + timedelta(days=days)) for days in (0, -1, 1, 2))
SUPPRESSED = Found("ACG103", BAD, "", "suppressed")
UNUSABLE = (UNNUMBERED, Found("ACG093", BAD, "suppress[0]", "error"))
REGION = "publishingProfile.targetRegions[1].name"
OPEN = OWN_RULE.replace("BODY", 'yield gallery.undecided("is not known", "location")')
TWICE = OWN_RULE.replace("BODY", "for at in ('location', 'location', 'galleryName'): yield gallery.fails('is', at)")


def suppressed(*given: tuple[str, str]) -> str:
    """A catalog with a version that has no three numbers, and suppressions of rules until days."""
    entries = ", ".join(suppressing(rule, until).strip("[]") for rule, until in given)
    return catalog(version("1.0", suppress=f"[{entries}]"))


def guards(severity: str) -> tuple[Found, ...]:
    """What is found of that version where all rules are on, those included that know no better than to ask."""
    regions = "publishingProfile.targetRegions[0].name"
    paths = {
        "ACG103": "galleryImageVersionName",
        "ACG903": regions,
        "ACG911": regions,
        "ACG912": "safetyProfile.blockDeletionBeforeEndOfLife",
    }
    return tuple(Found(code, BAD, path, severity) for code, path in paths.items())


DAYS = [
    Row(
        "over since yesterday",
        (UNNUMBERED, Found("ACG091", BAD, "suppress[0]", "warning"), *outside(BAD)),
        suppressed(("ACG103", YESTERDAY)),
    ),
    Row(
        "until tomorrow, by the rule's name in another case",
        (SUPPRESSED, *outside(BAD)),
        suppressed(("Version-Number", TOMORROW)),
    ),
    Row(
        "longer than the team allows",
        (*UNUSABLE, *outside(BAD)),
        suppressed(("ACG103", LATER)),
        guardrails={"suppressions": {"maximumDays": 1}},
    ),
    Row("of a rule that does not exist", (*UNUSABLE, *outside(BAD)), suppressed(("ACG999", TODAY))),
    Row("of what is found about suppressions", (*UNUSABLE, *outside(BAD)), suppressed(("ACG091", TODAY))),
    Row(
        "twice",
        (SUPPRESSED, Found("ACG092", BAD, "suppress[1]", "warning"), *outside(BAD)),
        suppressed(("ACG103", TODAY), ("acg103", TOMORROW)),
    ),
    Row(
        "once over and once not",
        (SUPPRESSED, Found("ACG091", BAD, "suppress[0]", "warning"), *outside(BAD)),
        suppressed(("ACG103", YESTERDAY), ("ACG103", TODAY)),
    ),
    Row(
        "of a rule that is off", outside(BAD), suppressed(("ACG103", TODAY)), guardrails={"version-number": "disabled"}
    ),
    Row("of what is undecided", undecided("ACG305", "ACG306"), catalog(version(suppress=suppressing("ACG201", TODAY)))),
    Row(
        "end of life today",
        (Found("ACG702", FIRST, "publishingProfile.endOfLifeDate", "warning"), *outside(FIRST)),
        catalog(version(endOfLifeDate=TODAY)),
    ),
]
"""Suppressions by their last day."""

LEVELS = [
    Row(
        "all advisory, with a rule that ends with an error",
        (*guards("warning"), Found("ACG090", "corp", "", "error"), *outside(BAD)),
        catalog(version("1.0")),
        guardrails={"all": "advisory"},
        own_rule=CRASHING,
    ),
    Row("all mandatory", (*guards("error"), *outside(BAD)), catalog(version("1.0")), guardrails={"all": "mandatory"}),
    Row(
        "all advisory, suppressions mandatory",
        (*guards("warning"), Found("ACG091", BAD, "suppress[0]", "error"), *outside(BAD)),
        suppressed(("ACG103", YESTERDAY)),
        guardrails={"all": "advisory", "suppressions": "mandatory"},
    ),
    Row("all disabled", (), catalog(version("1.0")), guardrails={"all": "disabled"}, own_rule=CRASHING),
    Row(
        "all disabled but one",
        (UNNUMBERED,),
        catalog(version("1.0")),
        guardrails={"all": "disabled", "version-number": "mandatory"},
    ),
    Row(
        "an own rule that is off",
        outside(FIRST),
        catalog(version()),
        guardrails={"small-gallery": "disabled"},
        own_rule=CRASHING,
    ),
    Row(
        "an own rule that is suppressed elsewhere",
        (
            Found("ACG951", "corp", "location", "error"),
            Found("ACG092", FIRST, "suppress[0]", "warning"),
            *outside(FIRST),
        ),
        catalog(version(suppress=suppressing("ACG951", TODAY))),
        own_rule=FAILING,
    ),
    Row(
        "an own rule that is undecided",
        (Found("ACG951", "corp", "", "undecided"), *outside(FIRST)),
        catalog(version()),
        own_rule=OPEN,
    ),
    Row(
        "an own rule that finds the same twice",
        (*(Found("ACG951", "corp", path, "error") for path in ("location", "galleryName")), *outside(FIRST)),
        catalog(version()),
        own_rule=TWICE,
    ),
    Row(
        "a size that the team allows",
        outside(FIRST),
        catalog(version(dataDisks="[{lun: 0, expectedSizeGB: 1500}]")),
        guardrails={"data-disk-size": {"maximumGB": 2048}},
    ),
    Row(
        "sizes of both sorts of disks",
        (
            Found("ACG501", FIRST, "storageProfile.dataDiskImages", "error"),
            Found("ACG502", FIRST, "storageProfile.osDiskImage", "error"),
            *outside(FIRST),
        ),
        catalog(version(osDisk="{expectedSizeGB: 3000}", dataDisks="[{lun: 0, expectedSizeGB: 1500}]")),
    ),
]
"""Levels of all rules, of one, and of a team's own."""

REGIONS = [
    Row(
        "added, in another case", outside(FIRST), catalog(version(targetRegions="[westeurope, WestEuropa]"), NEW_REGION)
    ),
    Row(
        "added, by its display name",
        outside(FIRST),
        catalog(version(targetRegions="[West Europe, West Europa]"), NEW_REGION),
    ),
    Row(
        "twice, in two cases",
        (Found("ACG403", FIRST, REGION, "error"), *outside(FIRST)),
        catalog(version(targetRegions="[westeurope, West Europe]")),
    ),
    Row(
        "that the team does not allow",
        (Found("ACG901", FIRST, REGION, "error"), *outside(FIRST)),
        catalog(version(targetRegions="[westeurope, northeurope]")),
        guardrails={"allowed-regions": {"enforcementLevel": "mandatory", "regions": ["West Europe"]}},
    ),
    Row(
        "added and allowed",
        outside(FIRST),
        catalog(version(targetRegions="[westeurope, westeuropa]"), NEW_REGION),
        guardrails={"allowed-regions": {"enforcementLevel": "mandatory", "regions": ["westeurope", "westeuropa"]}},
    ),
]
"""Regions as people write them."""

SEVERAL = [
    Row(
        "two spellings of one number, of which the pack sees one after the other",
        (
            Found("ACG104", "corp/ubuntu/1.00.0", "galleryImageVersionName", "error"),
            *undecided("ACG201", "ACG305", "ACG306", resource="corp/ubuntu/1.00.0 and 1 more"),
        ),
        catalog(f"{version('1.00.0')}\n{version('1.0.0')}"),
    ),
]
"""Several versions."""
