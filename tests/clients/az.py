"""The Azure CLI: the commands of ``docs/sandbox.md`` as they are printed there, then many more."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.clients.suite import PAGE, Outcome, Place, python_environment

PACKAGE = "azure-cli==2.91.0"

_GROUP = ("-g", "rg-sources")
_GALLERY = (*_GROUP, "-r", "azg")
_IMAGE = (*_GALLERY, "-i", "ubuntu")
_COMPUTE = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-sources/providers/Microsoft.Compute"
_ID = f"{_COMPUTE}/galleries/azg"
_MACHINE = f"{_COMPUTE}/virtualMachines/vm-developer-golden"
_LOCK = (*_GROUP, "-n", "l", "--resource", "azg", "--resource-type", "Microsoft.Compute/galleries")
_SNAPSHOT = f"{_COMPUTE}/snapshots/s"
_APPLICATION = (*_GALLERY, "-n", "app")
_PACKAGE = (
    *(*_GALLERY, "--application-name", "app", "-n", "1.0.0", "-l", "westeurope"),
    *("--package-file-link", "https://contosovhds.blob.core.windows.net/apps/tool.zip"),
    *("--install-command", "./install", "--remove-command", "./remove"),
)
_COMMUNITY = (*_GROUP, "-r", "community")
_PUBLISHER = (
    *("--publisher-uri", "https://contoso.example", "--publisher-contact", "images@contoso.example"),
    *("--eula", "https://contoso.example/eula", "--public-name-prefix", "contoso"),
)
_UPDATE = ("sig", "image-version", "update", *_IMAGE, "-e", "1.0.0")
_PROFILE = "publishingProfile"
_INFO = "sharingProfile.communityGalleryInfo"
_DEFINITION = ("--publisher", "p", "--offer", "o", "--sku", "s", "--os-type", "Linux", "--os-state", "Specialized")

# "Create an image definition and an image version" of Microsoft's documentation, az tab, 2021-08-31, as printed there
# but for the subscription; before them what the page starts from
_PAGE_GROUP = _COMPUTE.replace("rg-sources", "MyResourceGroup")
_PAGE_DISK = {
    "location": "westcentralus",
    "properties": {
        "creationData": {"createOption": "Empty"},
        "diskSizeGB": 30,
        "osType": "Linux",
        "hyperVGeneration": "V2",
    },
}
_PAGE_MACHINE = {
    "location": "westcentralus",
    "properties": {
        "storageProfile": {"osDisk": {"createOption": "Attach", "managedDisk": {"id": f"{_PAGE_GROUP}/disks/os"}}}
    },
}
PAGE_COMMANDS = (
    "az group create -n MyResourceGroup -l westcentralus",
    "az group create -n myGalleryRG -l westcentralus",
    f"az rest --method put --url '{_PAGE_GROUP}/disks/os?api-version=2024-03-02' --body '{json.dumps(_PAGE_DISK)}'",
    f"az rest --method put --url '{_PAGE_GROUP}/virtualMachines/myVM?api-version=2024-07-01'"
    f" --body '{json.dumps(_PAGE_MACHINE)}'",
    "az sig create --resource-group myGalleryRG --gallery-name myGallery",
    """az sig image-definition create \\
   --resource-group myGalleryRG \\
   --gallery-name myGallery \\
   --gallery-image-definition myImageDefinition \\
   --publisher myPublisher \\
   --offer myOffer \\
   --sku mySKU \\
   --os-type Linux \\
   --os-state specialized""",
    f"""az sig image-version create \\
   --resource-group myGalleryRG \\
   --gallery-name myGallery \\
   --gallery-image-definition myImageDefinition \\
   --gallery-image-version 1.0.0 \\
   --target-regions "westcentralus" "southcentralus=1" "eastus=1=standard_zrs" \\
   --replica-count 2 \\
   --managed-image "{_PAGE_GROUP}/virtualMachines/myVM\"""",
)

# What must be printed; None: anything, as long as the command succeeds
OPERATIONS: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("account", "list", "--query", "length(@)"), 2),
    (("vm", "list-usage", "-l", "westeurope", "--query", "[?localName=='Gallery'].limit"), ["100"]),
    (("vm", "list-skus", "-l", "westeurope", "--resource-type", "disks", "--query", "[0].name"), "Standard_LRS"),
    (("sig", "create", *_GALLERY, "-l", "westeurope", "--soft-delete", "true"), None),
    (("sig", "image-definition", "create", *_IMAGE, "-l", "westeurope", *_DEFINITION), None),
    (("sig", "image-version", "create", *_IMAGE, "-e", "1.0.0", "--virtual-machine", _MACHINE), None),
    (("sig", "image-version", "list", *_IMAGE, "--query", "[].name"), ["1.0.0"]),
    (("sig", "image-version", "show", *_IMAGE, "-e", "1.0.0", "--query", "provisioningState"), "Succeeded"),
    (("sig", "image-definition", "update", *_IMAGE, "--set", "description=new", "--query", "description"), "new"),
    (("sig", "image-definition", "list", *_GALLERY, "--query", "[].name"), ["ubuntu"]),
    (
        (*_UPDATE, "--target-regions", "westeurope", "northeurope=2", "--query", f"{_PROFILE}.targetRegions[].name"),
        ["West Europe", "North Europe"],
    ),
    ((*_UPDATE, "--set", f"{_PROFILE}.excludeFromLatest=true", "--query", f"{_PROFILE}.excludeFromLatest"), True),
    (("sig", "identity", "assign", *_GALLERY, "--system-assigned", "true", "--query", "type"), None),
    (("sig", "identity", "show", *_GALLERY, "--query", "type"), "SystemAssigned"),
    (("sig", "identity", "remove", *_GALLERY, "--system-assigned", "true"), None),
    (("sig", "gallery-application", "create", *_APPLICATION, "-l", "westeurope", "--os-type", "linux"), None),
    (("sig", "gallery-application", "version", "create", *_PACKAGE), None),
    (
        ("sig", "gallery-application", "version", "list", *_GALLERY, "--application-name", "app", "--query", "[].name"),
        ["1.0.0"],
    ),
    (
        (
            "sig",
            "gallery-application",
            "version",
            "delete",
            *_GALLERY,
            "--application-name",
            "app",
            "-n",
            "1.0.0",
            "-y",
        ),
        None,
    ),
    (("sig", "gallery-application", "delete", *_APPLICATION, "-y"), None),
    (("sig", "create", *_COMMUNITY, "-l", "westeurope", "--permissions", "Community", *_PUBLISHER), None),
    (("sig", "share", "enable-community", *_COMMUNITY), None),
    (("sig", "show", *_COMMUNITY, "--query", f"{_INFO}.communityGalleryEnabled"), True),
    (("sig", "share", "reset", *_COMMUNITY), None),
    (("sig", "delete", *_COMMUNITY), None),
    (("sig", "update", *_GALLERY, "--set", "tags.a=b", "--query", "tags"), {"a": "b"}),
    (("sig", "update", *_GALLERY, "--permissions", "Private"), None),
    (("sig", "show", *_GALLERY, "--query", "softDeletePolicy.retentionPeriodInDays"), 7),
    (("sig", "image-version", "delete", *_IMAGE, "-e", "1.0.0"), None),
    (("sig", "image-version", "list", *_IMAGE), []),
    (("sig", "image-version", "undelete", *_IMAGE, "-e", "1.0.0"), None),
    (("sig", "image-version", "list", *_IMAGE, "--query", "[].name"), ["1.0.0"]),
    (("sig", "list", *_GROUP, "--query", "[].name"), ["azg", "lab"]),
    (("disk", "create", *_GROUP, "-n", "d", "-l", "westeurope", "--size-gb", "10"), None),
    (("snapshot", "create", *_GROUP, "-n", "s", "-l", "westeurope", "--source", "d"), None),
    (("image", "create", *_GROUP, "-n", "i", "-l", "westeurope", "--os-type", "Linux", "--source", _SNAPSHOT), None),
    (("image", "show", *_GROUP, "-n", "i", "--query", "storageProfile.osDisk.snapshot.id"), _SNAPSHOT),
    (("image", "delete", *_GROUP, "-n", "i"), None),
    (("vm", "generalize", *_GROUP, "-n", "vm-windows-sql-golden"), None),
    (("vm", "deallocate", *_GROUP, "-n", "vm-windows-sql-golden"), None),
    (("vm", "list", *_GROUP, "--query", "length(@)"), 2),
    (
        ("resource", "list", "--resource-type", "Microsoft.Compute/galleries", "--query", "sort([].name)"),
        ["azg", "lab", "myGallery"],
    ),
    (("resource", "list", "--tag", "a=b", "--query", "[].name"), ["azg"]),
    (("resource", "list", "--name", "nothing"), []),
    (("resource", "show", "--ids", _ID, "--query", "name"), "azg"),
    (("tag", "update", "--resource-id", _ID, "--operation", "Merge", "--tags", "c=d"), None),
    (("tag", "list", "--resource-id", _ID, "--query", "properties.tags"), {"a": "b", "c": "d"}),
    (("lock", "create", *_LOCK, "--lock-type", "CanNotDelete"), None),
    (("lock", "delete", *_LOCK), None),
    (("provider", "show", "-n", "Microsoft.Compute", "--query", "registrationState"), "Registered"),
    (("role", "assignment", "list", "--scope", _ID), []),
    (("group", "list", "--query", "[?name=='rg-sources'].name"), ["rg-sources"]),
    (("sig", "update", *_GALLERY, "--soft-delete", "false"), None),
    (("sig", "image-version", "delete", *_IMAGE, "-e", "1.0.0"), None),
    (("sig", "image-definition", "delete", *_IMAGE), None),
    (("sig", "delete", *_GALLERY), None),
    (("sig", "list", *_GROUP, "--query", "[].name"), ["lab"]),
)


def run(place: Place) -> Iterator[Outcome]:
    """Run the documented commands, then the others."""
    path = os.pathsep.join([str(python_environment(PACKAGE)), str(Path(sys.executable).parent), os.environ["PATH"]])
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("AZURE_", "ARM_"))}
    there = Place(place.folder, {**plain, "PATH": path, "AZURE_CORE_COLLECT_TELEMETRY": "no"})
    connect, *others = documented()
    for command in (*others, *PAGE_COMMANDS):
        yield _outcome(there, f"{connect}\n{command}", command, None)
    for words, expected in OPERATIONS:
        command = shlex.join(("az", *words, "--output", "json"))
        yield _outcome(there, f"{connect}\n{command}", command, expected)


def documented() -> list[str]:
    """The commands of the console block about the Azure CLI, each on one line."""
    [block] = re.findall(r"### Azure CLI\n.*?```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return re.findall(r"^\$ (.*)$", block.replace("\\\n", ""), re.MULTILINE)


def _outcome(place: Place, script: str, command: str, expected: object) -> Outcome:
    run = place.run(("sh", "-ec", script), place.folder)
    if run.returncode:
        return Outcome(command, " ".join(run.stderr.strip().splitlines()[-2:]))
    if expected is not None and json.loads(run.stdout) != expected:
        return Outcome(command, f"{run.stdout.strip()} is not {json.dumps(expected)}")
    return Outcome(command)
