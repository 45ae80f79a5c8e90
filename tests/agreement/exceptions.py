"""Where the rules and the embedded Azure may differ, each with the reason. What is not used any more fails the test."""

from typing import Final

_SOURCE: Final = "What a source that is not declared here is like, only Azure knows."

EARLIER_STATE: Final[dict[str, str]] = {
    "rg-not-found": "The resource group may exist.",
    "gallery-not-unique": "The other gallery was there before.",
    "soft-deleted-missing": "Whether there is a deleted version to restore depends on what was deployed and deleted.",
    "source-not-found": "The source may exist.",
    "des-not-found": "The disk encryption set may exist.",
    "plan-mismatch": _SOURCE,
    "os-type-mismatch": _SOURCE,
    "architecture-mismatch": _SOURCE,
    "cmk-cross-sub": _SOURCE,
    "gen-mismatch": "A disk that names no generation has that of what it was made from, or the first.",
    "os-state-mismatch": "A machine becomes generalized by an action, which no declaration shows.",
}
"""Refusals, by name in the embedded Azure's table, that depend on what Azure has already: no declaration shows them.

They excuse only the mutations that say that they provoke them.
"""

NOT_CERTAIN: Final[dict[tuple[str, str], str]] = {
    ("community-information", "parameter-missing"): "Whether Azure takes an empty text for none is not documented.",
    ("date-format", "eol-format"): "Azure may read more notations of dates than the documented ones.",
    ("definition-name", "invalid-trailing"): "The pattern in Azure's own message admits an underscore at the end.",
    ("disk-size", "too-large"): "Nobody said how large the disk is, so that it is undecided.",
    ("encryption-every-region", "des-all-regions"): "What a confidential disk's set in another region is worth "
    "is not documented.",
    ("encryption-lun-known", "des-lun"): "Which data disks a source has that is not declared here is undecided.",
    ("encryption-set-id", "des-format"): "A script of the documentation leaves the first slash out.",
    ("encryption-set-subscription", "des-subscription"): "Without a subscription in the catalog it is undecided.",
    ("encryption-source", "encryption-unsupported-source"): "One text of the documentation names the kinds of sources; "
    "that it is complete is not certain.",
    ("end-of-life-past", "eol-past"): "Only the day is known, not the hour.",
    ("identifier-unique", "identifier-duplicate"): "Whether Azure tells upper from lower case here is not documented.",
    ("image-in-region", "image-not-in-region"): "Only a plan knows that the machine is new; one that exists goes on.",
    ("machine-data-disks", "machine-data-disks"): "Only a plan knows that the machine is new; one that exists may have "
    "lost a disk.",
    ("machine-disk-controller", "machine-disk-controller"): "Which sizes have no SCSI is known of some only.",
    ("lab-plan-name", "labs-plan-name"): "Sources disagree about names of more than 100 characters, and about letters "
    "that are not English.",
    ("managed-image-source", "managed-image-not-generalized"): "A machine becomes generalized by an action, which no "
    "declaration shows.",
    ("region-known", "location-not-available"): "The table of regions is one subscription's view of one day.",
    ("source-id", "source-id-format"): "What Azure makes of ids of images without a version is not documented.",
    ("source-id", "source-not-found"): "What Azure makes of ids of images without a version is not documented.",
    ("source-plan", "plan-mismatch"): "A machine or disk may have lost the plan of the image that it descends from.",
}
"""Refusals that a rule only warns of or leaves undecided, by rule and refusal."""

STRICTER: Final[dict[str, str]] = {
    "arm64-generation": "Documented of machines; that Azure refuses the definition has not been seen.",
    "data-disk-size": "Azure documents 1 TB and is seen to take 2 TB. The limit is a setting.",
    "feature-values": "Features are plain text to Azure's published model; their values stand in the documentation.",
    "nvme-capture": "Documented in words only; the embedded Azure does not look at disk controllers.",
    "plan-in-community-gallery": "Documented of the publication, which is an action; when Azure refuses is not.",
    "private-security-type": "Documented as unsupported; when Azure refuses is not.",
    "shared-gallery-location": "Documented; Azure may only not show such an image to those it is shared with.",
    "soft-delete": "azure-native leaves out what its API version lacks, so that the period would never hold.",
    "version-leading-zeros": "Two names of one number; to the embedded Azure they are two names.",
    "vhd-size": "Azure refuses the VHD when it is used, after an upload that is no request to Resource Manager.",
}
"""Rules whose errors the embedded Azure does not answer with a refusal."""

OUT_OF_REACH: Final[dict[str, str]] = {
    "auto-named": "A catalog gives every resource its name, and a program's resource without one has a random name.",
    "end-of-life-past": "An error only for what is known to be new, which a plan knows; here it warns.",
    "image-in-region": "An error only for what is known to be new, which a plan knows; here it warns.",
    "machine-data-disks": "An error only for what is known to be new, which a plan knows; here it warns.",
    "lab-image-listed": "Azure lists no such image, which is no refusal: `test_lists` compares the lists.",
    "lab-image-region": "Azure lists no such image, which is no refusal: `test_lists` compares the lists.",
    "lab-service-principal": "The embedded Azure has no directory in which an object id could be missing.",
    "lab-services-end": "The embedded Azure's day is before the notice.",
    "direct-sharing-limits": "Groups are no input of a gallery; they are read back.",
}
"""Rules of severity error that a catalog alone never breaks by an error, nor what is declared beside one."""
