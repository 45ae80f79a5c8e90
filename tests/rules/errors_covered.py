"""Which rule speaks up before Azure would, for each of its error texts that a declaration alone can provoke."""

COVERED: dict[str, str] = {
    # sources
    "one-source": "one-source",
    "lun-duplicate": "data-disk-luns",
    "source-duplicate": "disk-source-once",
    "same-blob": "disk-source-once",
    "source-not-found": "source-region",
    "cmk-cross-sub": "encrypted-source",
    # definitions
    "os-type-mismatch": "source-matches-definition",
    "os-state-mismatch": "source-matches-definition",
    "gen-mismatch": "source-matches-definition",
    "plan-mismatch": "source-plan",
    # security
    "min-max": "recommended-range",
    "security-type-source": "security-type-source",
    # disks
    "too-large": "disk-size",
    "ephemeral": "machine-disks",
    "ultra": "machine-disks",
    "unmanaged": "machine-disks",
    "vhd-size": "vhd-size",
    # encryption
    "des-all-regions-os": "encryption-every-region",
    "des-all-regions-data": "encryption-every-region",
    "des-format-os": "encryption-set-id",
    "des-format-data": "encryption-set-id",
    "des-subscription": "encryption-set-subscription",
    "des-not-found": "encryption-set-region",
    "des-lun-dup": "encryption-lun-unique",
    "des-lun": "encryption-lun-known",
    "encryption-unsupported-source": "encryption-source",
}
"""Names of rules by the ids of the error texts."""
