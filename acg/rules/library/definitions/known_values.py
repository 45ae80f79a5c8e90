"""Where Azure has a list of values, one of them is used."""

from collections.abc import Iterator

from acg.azure import known_values as known
from acg.rules.examples import UNKNOWN, Examples, case, definition, gallery, version
from acg.rules.rule import azure_rule
from acg.rules.verdict import Failure
from acg.rules.views import Gallery, ImageDefinition, ImageVersion, Part
from acg.rules.words import listing, shown

Allowed = tuple[str, ...]

OF_DEFINITION: dict[str, Allowed] = {
    "osType": known.OS_TYPES,
    "osState": known.OS_STATES,
    "hyperVGeneration": known.GENERATIONS,
    "architecture": known.ARCHITECTURES,
}


@azure_rule(
    code="ACG210",
    name="known-values",
    looks_at=(Gallery, ImageDefinition, ImageVersion),
    judges_existing=True,
    why="Azure refuses a word that is not on its list. It does not mind the case of letters.",
    fix="Use one of the words that Azure knows.",
    source="https://learn.microsoft.com/rest/api/compute/galleries",
)
def known_values(subject: Gallery | ImageDefinition | ImageVersion) -> Iterator[Failure]:
    if isinstance(subject, ImageVersion):
        if subject.profile.has("replicationMode"):
            yield from _judge(subject.profile, "replicationMode", known.REPLICATION_MODES)
        if subject.profile.has("storageAccountStrategy"):
            yield from _judge(subject.profile, "storageAccountStrategy", known.STORAGE_STRATEGIES)
        for disk in subject.disks:
            yield from _judge(disk, "hostCaching", known.HOST_CACHING)
    elif isinstance(subject, ImageDefinition):
        for key, allowed in OF_DEFINITION.items():
            yield from _judge(subject, key, allowed)
    else:
        yield from _judge(subject.sharing, "permissions", known.SHARING_PERMISSIONS)
        yield from _judge(subject.part("identity", Part), "type", known.IDENTITY_TYPES)


def _judge(part: Part, key: str, allowed: Allowed) -> Iterator[Failure]:
    given = part.text(key)
    if given is not None and _plain(given) not in map(_plain, allowed):
        yield part.fails(f"has {key} {shown(given)}", key, fix=f"Use {listing(allowed, 'or')}.")


def _plain(word: str) -> str:
    return word.lower().replace(" ", "")


def examples() -> Examples:
    return Examples(
        compliant=[
            case("words of Azure's", definition(osType="Windows", architecture="Arm64")),
            case("in other letters", version(profile={"replicationMode": "full"})),
            case("two identities", gallery(identity={"type": "SystemAssigned,UserAssigned"})),
        ],
        noncompliant=[
            case("another operating system", definition(osType="FreeBSD")),
            case("another spelling", definition(osState="Generalised")),
            case("another mode", version(profile={"replicationMode": "Deep"})),
            case("another cache", version(storage={"osDiskImage": {"hostCaching": "WriteOnly"}})),
        ],
        undecided=[case("a word from another resource", definition(osType=UNKNOWN))],
    )
