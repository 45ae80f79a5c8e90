"""What editors can know of a catalog's values: the words and bounds of Azure, as keywords of JSON Schema.

The reader takes any text; the rules judge it. An editor underlines what they would refuse at a glance. That is here
and not in the models, so that `acg check` need not read it.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from acg.azure import known_values as known
from acg.azure import lab_services, limits, names
from acg.azure.features import SECURITY_TYPES
from acg.azure.limits import Limit
from acg.azure.names import NameRule
from acg.azure.storage_types import EDGE_ZONE_TYPES, REGION_TYPES

Keywords = Mapping[str, Any]


def _words(words: tuple[str, ...]) -> Keywords:
    """Words that an editor offers, in any case; there is no pattern in JSON Schema that ignores it."""
    any_case = "|".join(_any_case(word) for word in words)
    return {"anyOf": [{"enum": list(words)}, {"pattern": f"^(?:{any_case})$"}]}


def _any_case(word: str) -> str:
    pattern = "".join(f"[{one.upper()}{one.lower()}]" if one.isalpha() else re.escape(one) for one in word)
    return pattern.replace(r",\ ", ", ?")


def _bounds(limit: Limit) -> Keywords:
    return {key: value for key, value in (("minimum", limit.least), ("maximum", limit.most)) if value is not None}


def _name(rule: NameRule) -> Keywords:
    """Names that begin and end with a letter or digit."""
    inner = f"A-Za-z0-9{''.join('.' if mark == '.' else re.escape(mark) for mark in rule.marks)}"
    return {"pattern": f"^[A-Za-z0-9](?:[{inner}]{{0,{rule.most - 2}}}[A-Za-z0-9])?$"}


_DAY: Final = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_ONE_DAY: Final = {"pattern": f"^{_DAY}$", "format": "date"}
_DAY_OR_MOMENT: Final = {"pattern": f"^{_DAY}(?:[Tt ].+)?$"}
_REPLICAS: Final = _bounds(limits.REPLICAS)
_REGION_STORAGE: Final = _words(REGION_TYPES)

HINTS: Final[Mapping[str, Mapping[str, Keywords]]] = {
    "Gallery": {"name": _name(names.GALLERY), "images": {"propertyNames": _name(names.DEFINITION)}},
    "Identity": {"type": _words(known.IDENTITY_TYPES)},
    "SharingProfile": {"permissions": _words(known.SHARING_PERMISSIONS)},
    "Reader": {"principalType": _words(known.PRINCIPAL_TYPES)},
    "Lock": {"level": _words(known.LOCK_LEVELS)},
    "Suppression": {"rule": {"pattern": r"^(?:[Aa][Cc][Gg]\d{3}|[a-z0-9-]+)$"}, "until": _ONE_DAY},
    "ImageDefinition": {
        "osType": _words(known.OS_TYPES),
        "osState": _words(known.OS_STATES),
        "hyperVGeneration": _words(known.GENERATIONS),
        "architecture": _words(known.ARCHITECTURES),
        "securityType": _words(SECURITY_TYPES),
        "endOfLifeDate": _DAY_OR_MOMENT,
        "versions": {"propertyNames": {"pattern": r"^\d{1,10}\.\d{1,10}\.\d{1,10}$"}},
    },
    "Identifier": {
        "publisher": {"maxLength": names.PUBLISHER.most},
        "offer": {"maxLength": names.OFFER.most},
        "sku": {"maxLength": names.SKU.most},
    },
    "ImageVersion": {
        "replicaCount": _REPLICAS,
        "storageAccountType": _REGION_STORAGE,
        "replicationMode": _words(known.REPLICATION_MODES),
        "endOfLifeDate": _DAY_OR_MOMENT,
        "publishedOn": _ONE_DAY,
    },
    "Defaults": {"replicaCount": _REPLICAS, "storageAccountType": _REGION_STORAGE},
    "TargetRegion": {"regionalReplicaCount": _REPLICAS, "storageAccountType": _REGION_STORAGE},
    "AdditionalReplicaSet": {"regionalReplicaCount": _REPLICAS, "storageAccountType": _REGION_STORAGE},
    "TargetExtendedLocation": {"storageAccountType": _words(EDGE_ZONE_TYPES)},
    "OSDisk": {"hostCaching": _words(known.HOST_CACHING), "expectedSizeGB": {"minimum": 1}},
    "DataDisk": {
        "hostCaching": _words(known.HOST_CACHING),
        "expectedSizeGB": {"minimum": 1},
        "lun": _bounds(limits.LUNS),
    },
    "DataDiskEncryption": {"lun": _bounds(limits.LUNS)},
    "OSDiskSecurityProfile": {"confidentialVMEncryptionType": _words(known.ENCRYPTION_TYPES)},
    "ServicePrincipal": {"role": _words(tuple(lab_services.ROLES))},
    "PlanIdentity": {"type": _words(lab_services.IDENTITY_TYPES)},
    "AutoShutdownProfile": {
        "shutdownOnDisconnect": _words(lab_services.SHUTDOWN),
        "shutdownOnIdle": _words(lab_services.IDLE),
        "shutdownWhenNotConnected": _words(lab_services.SHUTDOWN),
    },
    "ConnectionProfile": {
        key: _words(lab_services.ACCESS)
        for key in ("webSshAccess", "webRdpAccess", "clientSshAccess", "clientRdpAccess")
    },
    "UefiKey": {"type": _words(known.UEFI_KEY_TYPES)},
    "UefiSettings": {"signatureTemplateNames": {"items": {"type": "string", **_words(known.UEFI_TEMPLATES)}}},
}
"""By model and key."""
