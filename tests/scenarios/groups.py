"""The catalogs and their changes: every action and every consequence."""

from __future__ import annotations

from acg.plan.model import Action
from tests.program.stack import UBUNTU
from tests.scenarios.scenario import START, Group, image, scenario

TWO = "osDisk: {expectedSizeGB: 30}, targetRegions: [westeurope, northeurope]"
ONE = "osDisk: {expectedSizeGB: 30}"

OPEN = Group(
    "open",
    START
    + """\
defaults: {location: westeurope, protect: false, targetRegions: [westeurope]}
resourceGroups:
  rg: {location: westeurope}
  rg-spare: {location: westeurope}
galleries:
  corp:
    resourceGroup: rg
    images:
"""
    + image("web", f"1.0.0 {TWO}")
    + image("api", f"1.0.0 {TWO}, replicaCount: 2, tags: {{tier: gold}}")
    + image("old", f"1.0.0 {ONE}", f"1.1.0 {TWO}")
    + image("quiet", "1.0.0 osDisk: {expectedSizeGB: 30}, targetRegions: [westeurope, northeurope, swedencentral]")
    + image("kept", "1.0.0 targetRegions: [westeurope, northeurope], safetyProfile: {}")
    + image("fixed", f"1.0.0 {TWO}, storageAccountType: Standard_ZRS", f"1.2.0 {ONE}")
    + image("kernel", f"1.0.0 {ONE}", architecture="x64")
    + image("features", f"1.0.0 {ONE}", acceleratedNetworking="true")
    + image("far", "1.0.0 targetRegions: [westeurope, eastus2]", f"1.1.0 {ONE}")
    + image("ending", "1.0.0 endOfLifeDate: 2027-06-30")
    + image("packer", "1.0.0 publishedBy: external, targetRegions: [westeurope]")
    + image("ours", f"1.0.0 {ONE}", f"1.1.0 {ONE}")
    + image("empty", architecture="x64 # nothing in it yet")
    + image("plain", f"1.0.0 {ONE}")
    + image("lettered", f"1.0.0 {ONE}").replace("*source", f"{{managedImage: {UBUNTU}}}")
    + """\
  left:
    resourceGroup: rg
    images:
"""
    + image("roaming", f"1.0.0 {ONE}")
    + """\
  right:
    resourceGroup: rg
    images:
"""
    + image("staying", f"1.0.0 {ONE}")
    + """\
  elsewhere:
    resourceGroup: rg
    location: westeurope
    images: {}
  sales:
    resourceGroup: rg
    images: {}
""",
    [
        scenario(
            "create",
            Action.CREATE,
            edits=[
                (
                    "offer: web, sku: gen2}\n        versions:\n",
                    "offer: web, sku: gen2}\n        versions:\n"
                    f"          1.1.0: {{source: *source, {ONE}, targetRegions: [westeurope, "
                    "{name: northeurope, excludeFromLatest: true}, swedencentral]}\n",
                )
            ],
        ),
        scenario("update", Action.UPDATE, edits=[("replicaCount: 2, tags: {tier: gold}", "replicaCount: 4, tags: {}")]),
        scenario("delete", Action.DELETE, edits=[(f"          1.1.0: {{source: *source, {TWO}}}\n", "")]),
        scenario(
            "no-effect",
            edits=[
                (
                    "[westeurope, northeurope, swedencentral]",
                    "[Sweden Central, {name: North Europe, regionalReplicaCount: 1}, westeurope]",
                )
            ],
        ),
        scenario(
            "safety",
            Action.SAFETY,
            edits=[("safetyProfile: {}", "safetyProfile: {allowDeletionOfReplicatedLocations: true}")],
        ),
        scenario(
            "new-version-required",
            Action.NEW_VERSION,
            edits=[("storageAccountType: Standard_ZRS", "storageAccountType: Premium_LRS")],
        ),
        scenario(
            "new-definition-required", Action.NEW_DEFINITION, edits=[("architecture: x64\n", "architecture: Arm64\n")]
        ),
        scenario(
            "new-definition-required-for-features",
            Action.NEW_DEFINITION,
            edits=[("acceleratedNetworking: true", "acceleratedNetworking: false")],
        ),
        scenario("forbidden", Action.FORBIDDEN, edits=[("[westeurope, eastus2]", "[westeurope]")]),
        scenario("undecided", Action.UNDECIDED, edits=[("endOfLifeDate: 2027-06-30", "tags: {}")]),
        scenario("adopt", Action.ADOPT, edits=[("publishedBy: external, ", "")]),
        scenario(
            "release",
            Action.RELEASE,
            edits=[
                (
                    image("ours", f"1.0.0 {ONE}", f"1.1.0 {ONE}"),
                    image("ours", f"1.0.0 {ONE}", f"1.1.0 publishedBy: external, {ONE}"),
                )
            ],
        ),
        scenario(
            "move",
            Action.MOVE,
            edits=[
                (image("roaming", f"1.0.0 {ONE}"), "      {}\n"),
                (image("staying", f"1.0.0 {ONE}"), image("staying", f"1.0.0 {ONE}") + image("roaming", f"1.0.0 {ONE}")),
            ],
        ),
        scenario(
            "replace",
            Action.REPLACE,
            edits=[
                (
                    "  elsewhere:\n    resourceGroup: rg\n    location: westeurope\n",
                    "  elsewhere:\n    resourceGroup: rg-spare\n    location: westeurope\n",
                )
            ],
        ),
        scenario(
            "replace-empty-definition",
            Action.REPLACE,
            edits=[("architecture: x64 # nothing in it yet", "architecture: Arm64 # nothing in it yet")],
        ),
        scenario(
            "defaults-written",
            edits=[
                (
                    image("plain", f"1.0.0 {ONE}"),
                    image("plain", f"1.0.0 {ONE}, replicationMode: Full", architecture="x64").replace(
                        "<<: *linux", "<<: {osType: linux, osState: generalized, hyperVGeneration: v2}"
                    ),
                )
            ],
        ),
        scenario(
            "spelled-otherwise",
            Action.FORBIDDEN,
            edits=[(f"{{managedImage: {UBUNTU}}}, osDisk", f"{{managedImage: {UBUNTU.upper()}}}, osDisk")],
        ),
        scenario(
            "rename",
            Action.RENAME,
            edits=[
                (
                    "  sales:\n    resourceGroup: rg\n",
                    "  trade:\n    name: sales\n    formerly: sales\n    resourceGroup: rg\n",
                )
            ],
        ),
    ],
)

PROTECTED = Group(
    "protected",
    START
    + """\
defaults: {location: westeurope, targetRegions: [westeurope]}
galleries:
  corp:
    resourceGroup: rg-sources
    images:
"""
    + image("web", f"1.0.0 {ONE}", f"1.1.0 {TWO}")
    + image("retired", f"1.0.0 {ONE}", f"1.1.0 {ONE}")
    + image("hidden", f"1.0.0 {TWO}")
    + """\
  sales:
    resourceGroup: rg-sources
    lock: CanNotDelete
    images:
"""
    + image("till", f"1.0.0 {ONE}", f"1.1.0 {ONE}, retire: true")
    + """\
  support:
    resourceGroup: rg-sources
    images: {}
""",
    [
        scenario("forbidden", Action.FORBIDDEN, edits=[(f"          1.1.0: {{source: *source, {TWO}}}\n", "")]),
        scenario(
            "safety",
            Action.SAFETY,
            edits=[
                (
                    image("retired", f"1.0.0 {ONE}", f"1.1.0 {ONE}"),
                    image("retired", f"1.0.0 {ONE}, retire: true", f"1.1.0 {ONE}"),
                )
            ],
        ),
        scenario(
            "latest-lost",
            Action.UPDATE,
            edits=[(image("hidden", f"1.0.0 {TWO}"), image("hidden", f"1.0.0 {TWO}, excludeFromLatest: true"))],
        ),
        scenario(
            "locked", Action.FORBIDDEN, edits=[(f"          1.1.0: {{source: *source, {ONE}, retire: true}}\n", "")]
        ),
        scenario("rename", Action.RENAME, edits=[("  support:\n", "  help:\n    name: support\n")]),
    ],
    fails=True,
)

DEFAULTS = Group(
    "defaults",
    START
    + """\
defaults: {location: westeurope, replicaCount: 1, targetRegions: [westeurope, northeurope]}
galleries:
  corp:
    resourceGroup: rg-sources
    images:
"""
    + image("web", "1.0.0 osDisk: {expectedSizeGB: 30}, endOfLifeDate: 2026-12-20", f"1.1.0 {ONE}")
    + image(
        "api",
        "1.0.0 retire: true",
        "1.1.0 targetRegions: [westeurope, {name: eastus2, storageAccountType: Premium_LRS}], "
        "safetyProfile: {allowDeletionOfReplicatedLocations: true}, retire: true",
    ),
    [
        scenario("defaults", Action.UPDATE, edits=[("replicaCount: 1", "replicaCount: 2")]),
        scenario(
            "region-lost",
            Action.UPDATE,
            edits=[("[westeurope, {name: eastus2, storageAccountType: Premium_LRS}]", "[westeurope, swedencentral]")],
            alone=True,
        ),
    ],
)

GROUPS = (OPEN, PROTECTED, DEFAULTS)
