"""What each family of mutations reaches: rules that refuse alone what Azure refuses, and exceptions that it needs."""

from typing import Final, NamedTuple


class Reach(NamedTuple):
    """What the scenes of a family have shown."""

    rules: frozenset[str]
    """Rules that alone say error of a resource that Azure then refuses, or that are excepted as stricter."""
    earlier: frozenset[str] = frozenset()
    not_certain: frozenset[tuple[str, str]] = frozenset()
    stricter: frozenset[str] = frozenset()


REACH: Final[dict[str, Reach]] = {
    "definitions": Reach(
        frozenset(
            {
                "arm64-generation",
                "feature-values",
                "nvme-capture",
                "one-security-type",
                "recommended-range",
                "security-type-generation",
                "security-type-kind",
                "source-matches-definition",
                "source-plan",
            }
        ),
        earlier=frozenset(
            {
                "architecture-mismatch",
                "cmk-cross-sub",
                "gen-mismatch",
                "os-state-mismatch",
                "os-type-mismatch",
                "plan-mismatch",
            }
        ),
        not_certain=frozenset({("source-plan", "plan-mismatch")}),
        stricter=frozenset({"arm64-generation", "feature-values", "nvme-capture"}),
    ),
    "encryption": Reach(
        frozenset(
            {
                "confidential-encryption",
                "confidential-regions",
                "encryption-every-region",
                "encryption-lun-known",
                "encryption-lun-unique",
                "encryption-set-id",
                "encryption-set-region",
                "encryption-set-subscription",
            }
        ),
        earlier=frozenset({"des-not-found"}),
        not_certain=frozenset(
            {
                ("encryption-every-region", "des-all-regions"),
                ("encryption-lun-known", "des-lun"),
                ("encryption-set-id", "des-format"),
                ("encryption-set-subscription", "des-subscription"),
                ("encryption-source", "encryption-unsupported-source"),
            }
        ),
    ),
    "labs": Reach(
        frozenset({"lab-image-reference", "lab-plan-gallery", "lab-plan-name"}),
        not_certain=frozenset({("lab-plan-name", "labs-plan-name")}),
    ),
    "machines": Reach(
        frozenset(
            {
                "automatic-upgrade-image",
                "encrypted-image-subscription",
                "exported-lun",
                "image-reference",
                "machine-architecture",
                "machine-disk-controller",
                "machine-generation",
                "machine-os-disk-size",
                "machine-plan",
                "machine-security-type",
                "machine-size-security",
                "os-profile",
                "scale-set-os-state",
            }
        ),
        not_certain=frozenset(
            {
                ("image-in-region", "image-not-in-region"),
                ("machine-data-disks", "machine-data-disks"),
                ("machine-disk-controller", "machine-disk-controller"),
            }
        ),
    ),
    "names": Reach(
        frozenset(
            {
                "community-prefix",
                "definition-name",
                "gallery-name",
                "gallery-name-unique",
                "identifier-unique",
                "image-identifier",
                "quota",
                "tag-count",
                "version-leading-zeros",
                "version-number",
            }
        ),
        earlier=frozenset({"gallery-not-unique", "rg-not-found"}),
        not_certain=frozenset({("definition-name", "invalid-trailing"), ("identifier-unique", "identifier-duplicate")}),
        stricter=frozenset({"version-leading-zeros"}),
    ),
    "origins": Reach(
        frozenset(
            {
                "data-disk-luns",
                "data-disk-size",
                "disk-size",
                "disk-source-once",
                "encrypted-source",
                "machine-disks",
                "managed-image-source",
                "one-source",
                "security-type-source",
                "source-id",
                "source-region",
                "vhd-size",
                "vhd-storage-account",
            }
        ),
        earlier=frozenset({"source-not-found"}),
        not_certain=frozenset(
            {
                ("disk-size", "too-large"),
                ("managed-image-source", "managed-image-not-generalized"),
                ("source-id", "source-id-format"),
                ("source-id", "source-not-found"),
            }
        ),
        stricter=frozenset({"data-disk-size", "vhd-size"}),
    ),
    "regions": Reach(
        frozenset(
            {
                "additional-replica-sets",
                "date-format",
                "edge-zone",
                "known-values",
                "one-cloud",
                "region-duplicate",
                "region-known",
                "replica-count",
                "shallow-replication",
                "storage-strategy",
                "storage-type",
                "version-home-region",
                "zone-redundancy",
            }
        ),
        earlier=frozenset({"soft-deleted-missing"}),
        not_certain=frozenset(
            {
                ("date-format", "eol-format"),
                ("end-of-life-past", "eol-past"),
                ("region-known", "location-not-available"),
            }
        ),
    ),
    "sharing": Reach(
        frozenset(
            {
                "community-information",
                "encryption-in-shared-gallery",
                "known-values",
                "plan-in-community-gallery",
                "private-security-type",
                "shared-gallery-location",
                "sharing-cloud",
                "soft-delete",
            }
        ),
        not_certain=frozenset({("community-information", "parameter-missing")}),
        stricter=frozenset(
            {"plan-in-community-gallery", "private-security-type", "shared-gallery-location", "soft-delete"}
        ),
    ),
}
