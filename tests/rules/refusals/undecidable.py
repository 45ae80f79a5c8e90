"""What Azure refuses and no rule can foresee, each with the reason why a declaration does not show it."""

from typing import Final

_EXISTING: Final = "Depends on what exists in Azure already."
_CHANGE: Final = "Depends on what was deployed before. Comparing the two is for a preview, not for a rule."
_DELETING: Final = "About a deletion, which is no declaration."
_LATER: Final = "Turns up only while Azure works on it."
_REQUEST: Final = "About the request itself, which the Azure client makes."
_SHARING: Final = "About an action of sharing, which is no declaration."
_APPLICATIONS: Final = "About gallery applications, which the catalog does not have."
_ASSIGNMENT: Final = (
    "About role assignments: their names are made by the project, and who may have them is Azure's affair."
)

_ACTION: Final = "Saving a lab's image is an action, which no declaration shows."
_ACCOUNT: Final = "Nothing creates or changes a lab account; a catalog refers to it."

UNDECIDABLE: Final[dict[str, str]] = {
    "rg-deleting": _LATER,
    "rg-not-found": f"The resource group may exist. {_EXISTING}",
    "resource-not-found": _EXISTING,
    "parent-not-found": f"The gallery or definition may exist. {_EXISTING}",
    "location-conflict": _EXISTING,
    "source-not-found-2": f"The source may exist. {_EXISTING}",
    "subscription-not-found": _EXISTING,
    "invalid-subscription": _REQUEST,
    "linked-subscription": "Depends on who may read what, in Azure.",
    "nested-exist-rp": _DELETING,
    "nested-exist-arm": _DELETING,
    "delete-before-eol": _DELETING,
    "community-still-shared": _DELETING,
    "soft-deleted-inside": _DELETING,
    "soft-deleted-exists": _EXISTING,
    "soft-deleted-missing": _EXISTING,
    "scope-locked": _EXISTING,
    "nested-resource-lock": _DELETING,
    "property-change": _CHANGE,
    "source-immutable": _CHANGE,
    "data-disk-change": _CHANGE,
    "managed-image-source-change": _CHANGE,
    "des-update-lun": _CHANGE,
    "storage-mismatch": _CHANGE,
    "region-removal": _CHANGE,
    "deleting": _LATER,
    "operation-in-progress": _LATER,
    "operation-not-found": _LATER,
    "replication-failed": _LATER,
    "source-throttle": _LATER,
    "too-many-requests": _LATER,
    "generalized-start": _LATER,
    "location-required": "Pulumi takes a missing location from its configuration or from the resource group.",
    "member-unknown": "The catalog's models and Pulumi's own types let no unknown property through.",
    "value-type": "The catalog's models and Pulumi's own types let no value of another type through.",
    "parameter-invalid": _REQUEST,
    "api-version-missing": _REQUEST,
    "api-version-unknown": _REQUEST,
    "type-unknown": _REQUEST,
    "namespace-unknown": _REQUEST,
    "path-unknown": _REQUEST,
    "method-not-allowed": _REQUEST,
    "content-invalid": _REQUEST,
    "share-not-allowed": _SHARING,
    "share-too-many": _SHARING,
    "app-version-name": _APPLICATIONS,
    "app-replicas": _APPLICATIONS,
    "app-no-encryption": _APPLICATIONS,
    "role-assignment-exists": _ASSIGNMENT,
    "role-assignment-update": _ASSIGNMENT,
    "role-assignment-name": _ASSIGNMENT,
    "labs-account-gallery": _ACCOUNT,
    "labs-account-new": _ACCOUNT,
    "labs-gallery-not-found": f"The gallery may exist. {_EXISTING}",
    "labs-image-name": _ACTION,
    "labs-lab-fixed": _CHANGE,
    "labs-machine-not-found": _ACTION,
    "labs-network-fixed": _CHANGE,
    "labs-no-gallery": _ACTION,
    "labs-other-plan": _ACTION,
    "labs-plan-not-found": f"The lab plan may exist. {_EXISTING}",
    "labs-region-not-allowed": "A catalog declares no labs; teachers make them.",
    "labs-save-mismatch": _ACTION,
    "content-too-large": _REQUEST,
    "media-type": _REQUEST,
    "option-unknown": _REQUEST,
    "filter-invalid": _REQUEST,
    "top-invalid": _REQUEST,
    "deployments-not-emulated": _REQUEST,
    "scale-set-image-type": _CHANGE,
    "management-group-not-found": _REQUEST,
    "query-invalid": _REQUEST,
}
"""Reasons by the ids of the refusals."""
