"""A gallery is shared directly with at most 30 subscriptions and 5 tenants."""

from collections.abc import Iterator

from acg.azure.limits import DIRECT_SHARE_SUBSCRIPTIONS, DIRECT_SHARE_TENANTS
from acg.desired.resource import Resource
from acg.rules.examples import UNKNOWN, Examples, case, gallery
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, Part
from acg.rules.words import counted

LIMITS = {"subscriptions": (DIRECT_SHARE_SUBSCRIPTIONS, "subscription"), "aadtenants": (DIRECT_SHARE_TENANTS, "tenant")}


@azure_rule(
    code="ACG654",
    name="direct-sharing-limits",
    looks_at=Gallery,
    why="Azure limits with how many a gallery is shared directly.",
    fix="Share with tenants instead of each of their subscriptions, or give access by roles.",
    source="https://learn.microsoft.com/azure/virtual-machines/share-gallery-direct",
)
def direct_sharing_limits(gallery: Gallery) -> Iterator[Failure]:
    # Azure fills the groups when a gallery is shared; they are here in what was read back, and where a program says so.
    for group in gallery.sharing.parts("groups", Part):
        limit, noun = LIMITS.get((group.text("type") or "").lower(), (None, ""))
        if limit is None:
            continue
        shared = len({one.lower() for one in group.texts("ids")})
        if not limit.admits(shared):
            yield group.fails(f"is shared with {counted(shared, noun)}, above {limit.most}", "ids")


def examples() -> Examples:
    def shared(kind: str, ids: object) -> Resource:
        return gallery(sharingProfile={"permissions": "Groups", "groups": [{"type": kind, "ids": ids}]})

    def guids(count: int) -> list[str]:
        return [f"{number:08}-0000-0000-0000-00000000abcd" for number in range(count)]

    return Examples(
        compliant=[
            case("as many subscriptions as allowed", shared("Subscriptions", guids(30))),
            case("as many tenants as allowed", shared("AADTenants", guids(5))),
            case("one of them twice", shared("AADTenants", [*guids(5), guids(5)[0].upper()])),
            case("shared with nobody yet", gallery(sharingProfile={"permissions": "Groups"})),
        ],
        noncompliant=[
            case("a subscription too many", shared("Subscriptions", guids(31))),
            case("a tenant too many", shared("AADTenants", guids(6))),
        ],
        undecided=[case("whom it is shared with is known later", shared("AADTenants", UNKNOWN))],
    )
