"""Why a change is what it is: stable words, each with the fact behind it and where that is stated."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from acg.plan.identity import Identity, Kind
from acg.plan.model import Action, Change, RefusedBy

_DOCS: Final = "https://learn.microsoft.com/azure/virtual-machines"
UPDATING: Final = f"{_DOCS}/shared-image-galleries#updating-resources"
TROUBLES: Final = f"{_DOCS}/troubleshooting-shared-images"
API: Final = "https://learn.microsoft.com/rest/api/compute/gallery-image-versions/create-or-update"
LOCKS: Final = "https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources"
PROTECT: Final = "https://www.pulumi.com/docs/iac/concepts/options/protect/"
ALIASES: Final = "https://www.pulumi.com/docs/iac/concepts/options/aliases/"
IMPORT: Final = "https://www.pulumi.com/docs/iac/adopting-pulumi/import/"
DELETE: Final = "https://learn.microsoft.com/rest/api/compute/galleries/delete"
MOVING: Final = f"{_DOCS}/azure-compute-gallery#can-i-move-the-gallery-resource-to-a-different-subscription"


class Reason(NamedTuple):
    """What a cause means."""

    action: Action
    why: str | None = None
    source: str | None = None
    refused_by: RefusedBy | None = None


_AZURE, _PULUMI, _ACG = RefusedBy.AZURE, RefusedBy.PULUMI, RefusedBy.ACG
_FIXED = "Azure fixes it when a version is published."
_TWO_STEPS = "A deletion takes two pull requests: the first lifts the protection, the second removes."

REASONS: Final[Mapping[str, Reason]] = MappingProxyType(
    {
        # what a version keeps
        "storage-type-changed": Reason(
            Action.NEW_VERSION,
            "Azure fixes the storage type of a region when a version is published there.",
            API,
            _AZURE,
        ),
        "encryption-changed": Reason(Action.NEW_VERSION, f"{_FIXED} Keys of a region cannot change.", TROUBLES, _AZURE),
        "replication-mode-changed": Reason(Action.NEW_VERSION, _FIXED, API, _AZURE),
        "source-changed": Reason(
            Action.NEW_VERSION, f"{_FIXED} A version is never made again from another source.", UPDATING, _AZURE
        ),
        "security-profile-changed": Reason(
            Action.UNDECIDED, "No source says whether UEFI settings of a published version can change.", API
        ),
        "no-source": Reason(Action.UNDECIDED, "No source says whether it can change after creation.", API),
        "left-out": Reason(
            Action.UNDECIDED,
            "No source says whether Azure keeps what a published version had and no longer names, or refuses it.",
            API,
        ),
        "end-of-life-removed": Reason(
            Action.UNDECIDED,
            "No source says whether Azure clears a date that was set; Terraform publishes the version anew.",
            UPDATING,
        ),
        "not-known": Reason(Action.UNDECIDED, "A value that decides is known only after deployment."),
        "region-removed": Reason(
            Action.FORBIDDEN,
            "Azure keeps a region while allowDeletionOfReplicatedLocations of the deployed version is not true.",
            API,
            _AZURE,
        ),
        "region-removed-with-permission": Reason(
            Action.FORBIDDEN,
            "The permission to remove regions is approved and deployed first; no source says that Azure takes both "
            "in one request.",
            API,
            _ACG,
        ),
        "region-removed-permission-withdrawn": Reason(
            Action.FORBIDDEN,
            "The permission to remove regions is withdrawn in the same request; no source says which of both Azure "
            "looks at.",
            API,
            _ACG,
        ),
        "zone-fixed": Reason(
            Action.FORBIDDEN,
            "Azure fixes the storage type and the keys of an edge zone when a version is published there.",
            API,
            _AZURE,
        ),
        "default-not-known": Reason(
            Action.UNDECIDED,
            "Azure took a value of its own when this was left out, and keeps it; no source says which one.",
            API,
        ),
        "end-of-life-past": Reason(
            Action.FORBIDDEN, "Azure takes no other date than one in the future.", TROUBLES, _AZURE
        ),
        # what a definition and a gallery keep
        "definition-fixed": Reason(
            Action.NEW_DEFINITION, "Azure fixes it when an image definition is created.", UPDATING, _AZURE
        ),
        "definition-replaced": Reason(
            Action.REPLACE,
            "Azure fixes it when an image definition is created. This one is empty and not protected: Pulumi deletes "
            "it and creates it as declared.",
            UPDATING,
        ),
        "features-changed": Reason(
            Action.NEW_DEFINITION,
            "Azure changes features of an existing definition only with allowUpdateImage.",
            "https://learn.microsoft.com/rest/api/compute/gallery-images/create-or-update",
            _AZURE,
        ),
        "sharing-changed": Reason(
            Action.FORBIDDEN,
            "How a gallery is shared is chosen when it is created. The change is sent as an update, which Azure "
            "refuses; nothing is deleted for it.",
            f"{_DOCS}/share-gallery-direct#limitations",
            _AZURE,
        ),
        "sharing-undecided": Reason(
            Action.UNDECIDED,
            "Microsoft's pages say that what makes a community gallery is chosen when it is created; its command line "
            "sends the change all the same. Azure's answer settles it, and nothing is deleted for it.",
            f"{_DOCS}/share-gallery-community#limitations",
        ),
        "location-changed": Reason(
            Action.REPLACE, "A resource stays in its region: Pulumi would delete it and create another.", MOVING
        ),
        "group-changed": Reason(
            Action.REPLACE,
            "Azure moves no gallery to another resource group or subscription: Pulumi would delete it and all that it "
            "holds, and create another.",
            MOVING,
        ),
        # what a lab plan keeps
        "lab-network-fixed": Reason(
            Action.FORBIDDEN,
            "Azure takes the network of a lab plan when the plan is created, and not later.",
            "https://learn.microsoft.com/azure/lab-services/concept-lab-accounts-versus-lab-plans",
            _AZURE,
        ),
        "lab-plan-elsewhere": Reason(
            Action.REPLACE,
            "Under another name or in another group it is another lab plan: Pulumi would delete this one.",
            "https://learn.microsoft.com/azure/lab-services/concept-lab-accounts-versus-lab-plans",
        ),
        "lab-images": Reason(
            Action.UPDATE,
            "Pulumi has no input for it: `acg labs apply` offers the images, and takes others off the list.",
            "https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery",
        ),
        # what comes and goes
        "new": Reason(Action.CREATE),
        "removed": Reason(Action.DELETE),
        "in-place": Reason(Action.UPDATE, None, UPDATING),
        "protected": Reason(Action.FORBIDDEN, f"Pulumi protects it. {_TWO_STEPS}", PROTECT, _PULUMI),
        "locked": Reason(Action.FORBIDDEN, "A lock on the gallery forbids it.", LOCKS, _AZURE),
        "guarded-until-end-of-life": Reason(
            Action.FORBIDDEN,
            "Azure keeps a version with blockDeletionBeforeEndOfLife until its end of life.",
            API,
            _AZURE,
        ),
        "has-children": Reason(
            Action.FORBIDDEN, "Azure deletes only what is empty, and something stays inside.", DELETE, _AZURE
        ),
        "soft-deleted-versions": Reason(
            Action.FORBIDDEN,
            "Soft delete keeps deleted versions for 7 days, and what holds them cannot be deleted before.",
            f"{_DOCS}/soft-delete-gallery",
            _AZURE,
        ),
        "group-in-use": Reason(
            Action.RELEASE,
            "A gallery still uses the group. Pulumi would delete the group with everything in it.",
            "https://learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group",
            _ACG,
        ),
        "released": Reason(
            Action.RELEASE, "Pulumi deletes what a program no longer declares, and it is deployed.", IMPORT, _ACG
        ),
        "number-in-bin": Reason(
            Action.FORBIDDEN,
            "Azure publishes no number that lies among the soft-deleted versions.",
            f"{_DOCS}/soft-delete-gallery",
            _AZURE,
        ),
        "identifier-taken": Reason(
            Action.FORBIDDEN,
            "Publisher, offer and SKU are unique in a gallery, and Pulumi creates before it deletes.",
            TROUBLES,
            _AZURE,
        ),
        "adopted": Reason(
            Action.ADOPT,
            "It exists: Pulumi would try to create it and fail. Import it first.",
            IMPORT,
            _ACG,
        ),
        "key-changed": Reason(
            Action.RENAME,
            "The same resource under a new key is another one for Pulumi: it would be deleted and created.",
            ALIASES,
            _PULUMI,
        ),
        "key-changed-with-alias": Reason(
            Action.RENAME, "The old key is named, so Pulumi knows the resource and nothing changes in Azure.", ALIASES
        ),
        "case-changed": Reason(
            Action.FORBIDDEN,
            "Azure does not tell names apart by case: Pulumi would create it over itself and then delete it.",
            "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
            _ACG,
        ),
        "spelled-otherwise": Reason(
            Action.FORBIDDEN,
            "It is the same to Azure. Pulumi compares letters: it would delete it and create it anew.",
            "https://www.pulumi.com/docs/iac/concepts/options/replaceonchanges/",
            _ACG,
        ),
        "moved": Reason(
            Action.MOVE,
            "Azure moves no definition to another gallery: it would be deleted there with its versions and created "
            "here, empty.",
            MOVING,
            _ACG,
        ),
        # what decides over deletions and access
        "protection-lifted": Reason(Action.SAFETY, "Approving this approves its deletion later.", PROTECT),
        "retired": Reason(Action.SAFETY, "Approving retire: true approves the deletion that follows.", PROTECT),
        "protection-added": Reason(Action.SAFETY, None, PROTECT),
        "deletion-permission": Reason(Action.SAFETY, "It decides what Azure lets anybody delete.", API),
        "soft-delete": Reason(
            Action.SAFETY, "It decides whether deleted versions can be restored.", f"{_DOCS}/soft-delete-gallery"
        ),
        "lock": Reason(Action.SAFETY, "A lock decides what anybody can change or delete.", LOCKS),
        "readers": Reason(
            Action.SAFETY,
            "Readers of a gallery can create machines from its images.",
            "https://learn.microsoft.com/azure/virtual-machines/share-gallery",
        ),
        "role": Reason(
            Action.SAFETY,
            "With the role Azure Lab Services can list, copy and save images of the gallery.",
            "https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery",
        ),
        "suppression": Reason(Action.SAFETY, "A suppressed rule finds nothing until the day that is given."),
        "guardrail": Reason(Action.SAFETY, "Until it is merged, the base's guardrails decide about findings."),
    }
)


ON_GALLERIES: Final[Mapping[Kind, str]] = MappingProxyType(
    {Kind.READER: "readers", Kind.ROLE: "role", Kind.LOCK: "lock"}
)
"""Why what is on a gallery comes, goes or changes."""


def change(word: str, resource: Identity, summary: str, **more: object) -> Change:
    """A change for a reason, by whose fact it is refused or carried out unless said otherwise."""
    reason = REASONS[word]
    made = Change(reason.action, word, resource, summary, refused_by=reason.refused_by, why=reason.why)
    return made._replace(source=reason.source, **more)
