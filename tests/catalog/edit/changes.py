"""The kinds of edits that `acg refresh`, `acg rollback`, `acg pin` and `acg plan --write` make, in all their parts."""

from acg.catalog.edit import Edit, append, put, remove

UBUNTU = ("galleries", "corp", "images", "ubuntu")
FIRST, SECOND = ((*UBUNTU, "versions", number) for number in ("1.0.0", "1.1.0"))
NEW = {
    "location": "northeurope",
    "source": {"managedImage": "/subscriptions/x/resourceGroups/builds/providers/Microsoft.Compute/images/ubuntu-3"},
    "targetRegions": ["northeurope", {"name": "westeurope", "regionalReplicaCount": 3}],
    "publishedOn": "2026-11-27",
    "promoted": {"northeurope": "2026-11-27"},
    "provenance": {"build": "431", "created": "2026-11-26T01:00:00Z"},
}
DEFINITION = {
    "osType": "Linux",
    "osState": "Generalized",
    "identifier": {"publisher": "contoso", "offer": "ubuntu", "sku": "2404-2"},
    "recommended": {"memory": {"min": 4, "max": 16}},
}

PUBLISHED: dict[str, list[Edit]] = {
    "a new version": [put((*UBUNTU, "versions", "1.2.0"), NEW), put((*UBUNTU, "highest"), "1.2.0", beside="refresh")],
    "a new version of a line": [
        put((*UBUNTU, "versions", "1.0.7"), NEW),
        put((*UBUNTU, "highest", "1.0"), "1.0.7", beside="refresh"),
    ],
    "two new versions": [put((*UBUNTU, "versions", number), NEW) for number in ("1.2.0", "1.3.0")],
}
"""Edits that ask for no version."""

CHANGES: dict[str, list[Edit]] = {
    **PUBLISHED,
    "opened, and already replicated": [put((*SECOND, "promoted", "westeurope"), "2026-11-27")],
    "opened, by regions that were inherited": [
        put((*SECOND, "targetRegions"), ["northeurope", "westeurope"]),
        put((*SECOND, "promoted", "westeurope"), "2026-11-27"),
    ],
    "opened in further regions": [
        append((*FIRST, "targetRegions"), "eastus2"),
        append((*FIRST, "targetRegions"), {"name": "westus", "regionalReplicaCount": 2}),
        put((*FIRST, "promoted", "eastus2"), "2026-11-27"),
        put((*FIRST, "promoted", "westus"), "2026-11-27"),
    ],
    "excluded": [
        put((*FIRST, "excludeFromLatest"), True),
        put((*FIRST, "targetRegions", 1, "excludeFromLatest"), True),
        put((*FIRST, "endOfLifeDate"), "2026-12-04"),
    ],
    "excluded, and said otherwise before": [
        put((*SECOND, "excludeFromLatest"), True),
        put((*SECOND, "endOfLifeDate"), "2026-12-04"),
    ],
    "retired": [put((*FIRST, "retire"), True)],
    "removed": [remove(FIRST), put((*UBUNTU, "highest"), "1.1.0", beside="refresh")],
    "the last removed": [remove(SECOND)],
    "all removed": [remove(FIRST), remove(SECOND)],
    "revoked": [put((*SECOND, "revoked"), {"reason": "boot loop: see #12", "on": "2026-11-27"})],
    "pinned": [
        put((*SECOND, "location"), "northeurope"),
        put((*SECOND, "replicaCount"), 2),
        put((*SECOND, "storageAccountType"), "Premium_LRS"),
        put((*SECOND, "targetRegions"), ["northeurope", {"name": "westeurope", "regionalReplicaCount": 3}]),
        put((*SECOND, "endOfLifeDate"), "2028-01-31"),
    ],
    "restored": [
        put((*FIRST, "source"), {"version": "corp/base/1.0.0"}),
        put((*FIRST, "targetRegions"), ["northeurope", "westeurope", {"name": "eastus2", "regionalReplicaCount": 2}]),
        put((*FIRST, "safetyProfile"), {"allowDeletionOfReplicatedLocations": True}),
        remove((*FIRST, "endOfLifeDate")),
    ],
    "a permission": [put((*UBUNTU, "allowUpdateImage"), True)],
    "a new definition beside it": [
        put((*UBUNTU, "osType"), "Windows"),
        put((*UBUNTU[:-1], "ubuntu-2"), DEFINITION),
    ],
    "a key renamed": [put(("galleries", "corp", "name"), "corp"), put(("galleries", "corp", "formerly"), "old")],
    "a gallery put back": [
        put(("galleries", "corp", "location"), "westeurope"),
        put(("galleries", "corp", "resourceGroup"), "rg-old"),
    ],
    "a key of another case": [remove(UBUNTU), put((*UBUNTU[:-1], "Ubuntu"), DEFINITION)],
    "an inherited region": [
        put(("defaults", "targetRegions", 1), {"name": "westeurope", "excludeFromLatest": True}),
        remove(("defaults", "targetRegions", 0)),
    ],
}
