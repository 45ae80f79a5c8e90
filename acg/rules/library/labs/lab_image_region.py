"""The images that labs are offered have a replica where the labs are."""

from collections.abc import Iterator
from typing import Any, Literal

from acg.azure.regions import RegionTable
from acg.path import Path
from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, version
from acg.rules.index import ResourceIndex
from acg.rules.library.labs._examples import IMAGE_ID, account, lab, plan
from acg.rules.library.labs._offered import Offer, Offering, offers, taken, verb
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure, Outcome, UnknownValueError
from acg.rules.views import ImageVersion, Lab, LabAccount, LabPlan
from acg.rules.views.regions import canonical
from acg.rules.words import listing


@azure_rule(
    code="ACG856",
    name="lab-image-region",
    looks_at=(LabPlan, LabAccount, Lab),
    judges_existing=True,
    why="Labs list an image only if its highest version has a replica in the region of the lab plan, and nothing "
    "replicates an image for a plan. Labs of another allowed region need one there. For lab accounts Azure copies what "
    "labs save to all regions of the geography, but not what a catalog publishes.",
    fix="Add the region to the version's targetRegions.",
    source="https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery",
)
def lab_image_region(by: Offering, index: ResourceIndex, regions: RegionTable) -> Iterator[Outcome]:
    try:
        found_offers = list(offers(by, index))
    except UnknownValueError:
        if isinstance(by, Lab):
            raise
        return  # lab-image-listed speaks of it
    for offer in found_offers:
        found = taken(offer.definition, index) if offer.definition is not None else None
        if found is None:
            continue  # lab-image-listed speaks of it
        replicas = found.replica_regions
        if replicas is None:
            yield by.undecided(f"where {found.title} has replicas is not known", offer.path)
        elif isinstance(by, LabAccount):
            yield from _for_account(by, offer, found, replicas, regions)
        else:
            yield from _for_plan(by, offer, found, replicas)


def _for_plan(by: LabPlan | Lab, offer: Offer, version: ImageVersion, replicas: tuple[str, ...]) -> Iterator[Outcome]:
    home = offer.plan.location if offer.plan is not None else None
    is_lab = isinstance(by, Lab)
    if home is None:
        yield by.undecided("the region of its lab plan is not known here", offer.path)
    elif home not in replicas:
        where = f"the plan of {by.called}, which is made from it" if is_lab else f"{by.called}, which offers it"
        yield _fails(by, offer, version, [home], f"the region of {where}", "error")
    wanted = [by.location] if isinstance(by, Lab) else [canonical(one) for one in by.texts("allowedRegions")]
    further = [one for one in dict.fromkeys(wanted) if one and one != home and one not in replicas]
    if further:
        where = f"{by.called} is made from it" if is_lab else f"{by.called}, which offers it, allows labs"
        yield _fails(by, offer, version, further, f"where {where}", "warning")


def _for_account(
    by: LabAccount, offer: Offer, version: ImageVersion, replicas: tuple[str, ...], regions: RegionTable
) -> Iterator[Outcome]:
    home = regions.get(by.location) if by.location else None
    if home is None or home.geography is None:
        yield by.undecided("the geography of the lab account is not known", offer.path)
        return
    wanted = [name for name, region in regions.items() if region.geography == home.geography]
    if missing := sorted(set(wanted) - set(replicas)):
        yield _fails(by, offer, version, missing, f"in the geography of {by.called}, which offers it", "warning")


def _fails(
    by: Offering,
    offer: Offer,
    version: ImageVersion,
    missing: list[str],
    where: str,
    severity: Literal["error", "warning"],
) -> Failure:
    """At the version's regions; at the plan where others publish the version."""
    fix = f"Add to targetRegions: {', '.join(missing)}."
    message = f"has no replica in {listing(missing)}"
    if version.resource.managed:
        at: Path = ("publishingProfile", "targetRegions")
        return version.fails(f"{message}, {where}", at, fix=fix, severity=severity)
    return by.fails(f"{verb(by)} {version.title}, which {message}", offer.path, fix=fix, severity=severity)


def examples() -> Examples:
    ubuntu = (gallery(), definition())
    both = ["westeurope", "northeurope"]
    allowed: Any = {"allowedRegions": ["West Europe", "North Europe"]}
    return Examples(
        compliant=[
            case("a replica in the region of the plan", *ubuntu, version(regions=["West Europe"]), plan()),
            case("replicas in all allowed regions", *ubuntu, version(regions=both), plan(**allowed)),
            case(
                "a lab elsewhere, with a replica",
                *ubuntu,
                version(regions=both),
                plan(),
                lab({"id": IMAGE_ID}, location="northeurope"),
            ),
            case("an older version elsewhere", *ubuntu, version(location="eastus"), version("1.0.1"), plan()),
            case(
                "an account whose geography has one region",
                *ubuntu,
                version(location="polandcentral"),
                account(location="polandcentral"),
            ),
        ],
        noncompliant=[
            case("a replica elsewhere", *ubuntu, version(location="eastus"), plan()),
            case("none in a further allowed region: a warning", *ubuntu, version(), plan(**allowed)),
            case(
                "a lab of a plan elsewhere", *ubuntu, version(location="eastus"), plan(images=()), lab({"id": IMAGE_ID})
            ),
            case("a region of the account's geography: a warning", *ubuntu, version(), account()),
        ],
        undecided=[
            case("target regions that are known later", *ubuntu, version(regions=UNKNOWN), plan()),
            case("a plan that is known later", *ubuntu, version(), lab({"id": IMAGE_ID}, labPlanId=UNKNOWN)),
            case("an account in an unknown region", *ubuntu, version(), account(location="nowhere")),
            case("a lab whose plan is not known here", *ubuntu, version(), lab({"id": IMAGE_ID})),
        ],
    )
