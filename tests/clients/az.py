"""What is asked of the Azure CLI, and what it must print; None: anything, as long as it succeeds."""

from __future__ import annotations

from typing import Any

PACKAGE = "azure-cli==2.91.0"

_GROUP = ("-g", "rg-sources")
_GALLERY = (*_GROUP, "-r", "azg")
_IMAGE = (*_GALLERY, "-i", "ubuntu")
_COMPUTE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-sources/providers/Microsoft.Compute"
_ID = f"{_COMPUTE}/galleries/azg"
_MACHINE = f"{_COMPUTE}/virtualMachines/vm-developer-golden"
_LOCK = (*_GROUP, "-n", "l", "--resource", "azg", "--resource-type", "Microsoft.Compute/galleries")
_DEFINITION = ("--publisher", "p", "--offer", "o", "--sku", "s", "--os-type", "Linux", "--os-state", "Specialized")

OPERATIONS: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("account", "list", "--query", "length(@)"), 2),
    (("sig", "create", *_GALLERY, "-l", "westeurope", "--soft-delete", "true"), None),
    (("sig", "image-definition", "create", *_IMAGE, "-l", "westeurope", *_DEFINITION), None),
    (("sig", "image-version", "create", *_IMAGE, "-e", "1.0.0", "--virtual-machine", _MACHINE), None),
    (("sig", "image-version", "list", *_IMAGE, "--query", "[].name"), ["1.0.0"]),
    (("sig", "image-version", "show", *_IMAGE, "-e", "1.0.0", "--query", "provisioningState"), "Succeeded"),
    (("sig", "update", *_GALLERY, "--set", "tags.a=b", "--query", "tags"), {"a": "b"}),
    (("sig", "update", *_GALLERY, "--permissions", "Private"), None),
    (("sig", "show", *_GALLERY, "--query", "softDeletePolicy.retentionPeriodInDays"), 7),
    (("sig", "image-version", "delete", *_IMAGE, "-e", "1.0.0"), None),
    (("sig", "image-version", "list", *_IMAGE), []),
    (("sig", "image-version", "undelete", *_IMAGE, "-e", "1.0.0"), None),
    (("sig", "image-version", "list", *_IMAGE, "--query", "[].name"), ["1.0.0"]),
    (("sig", "list", *_GROUP, "--query", "[].name"), ["azg"]),
    (("disk", "create", *_GROUP, "-n", "d", "-l", "westeurope", "--size-gb", "10"), None),
    (("snapshot", "create", *_GROUP, "-n", "s", "-l", "westeurope", "--source", "d"), None),
    (("resource", "list", "--resource-type", "Microsoft.Compute/galleries", "--query", "[].name"), ["azg"]),
    (("resource", "list", "--tag", "a=b", "--query", "[].name"), ["azg"]),
    (("resource", "list", "--name", "nothing"), []),
    (("resource", "show", "--ids", _ID, "--query", "name"), "azg"),
    (("tag", "update", "--resource-id", _ID, "--operation", "Merge", "--tags", "c=d"), None),
    (("tag", "list", "--resource-id", _ID, "--query", "properties.tags"), {"a": "b", "c": "d"}),
    (("lock", "create", *_LOCK, "--lock-type", "CanNotDelete"), None),
    (("lock", "delete", *_LOCK), None),
    (("provider", "show", "-n", "Microsoft.Compute", "--query", "registrationState"), "Registered"),
    (("role", "assignment", "list", "--scope", _ID), []),
    (("group", "list", "--query", "[].name"), ["rg-sources"]),
    (("sig", "update", *_GALLERY, "--soft-delete", "false"), None),
    (("sig", "image-version", "delete", *_IMAGE, "-e", "1.0.0"), None),
    (("sig", "image-definition", "delete", *_IMAGE), None),
    (("sig", "delete", *_GALLERY), None),
    (("sig", "list", *_GROUP), []),
)
