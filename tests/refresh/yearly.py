"""The catalog of the tests that play a year: three rings, and a gate before the second."""

_TEXT = """\
# Images of the platform team.
refreshPolicies:
  p:
    rings:
      - {regions: [northeurope]}
      - {regions: [westeurope], after: P3D, gates: [validated]}
      - {regions: rest, after: P5D}
    gates: {validated: {sourceTag: {validated: "true"}}}
    keep: {versions: 3, for: KEEP, everywhere: 2}
defaults:
  location: northeurope
  targetRegions: [northeurope, westeurope, {name: eastus2, regionalReplicaCount: 3}]  # in this order
galleries:
  corp:
    resourceGroup: rg
    images:
      ubuntu:  # the base of all others
        osType: Linux
        osState: Generalized
        hyperVGeneration: GENERATION
        identifier: {publisher: contoso, offer: ubuntu, sku: lts}
        refresh: {policy: p, from: {managedImages: {resourceGroup: builds, name: "ubuntu-*"}}}
"""


def yearly_catalog(*, keep: str, generation: str) -> str:
    """Its text, with how long versions are kept at least and the generation of its image."""
    return _TEXT.replace("KEEP", keep).replace("GENERATION", generation)
