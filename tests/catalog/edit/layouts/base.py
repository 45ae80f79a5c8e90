"""The catalog that most layouts say, as people write it."""

BASE = """\
refreshPolicies:
  p:
    rings:
      - {regions: [northeurope]}
      - {regions: rest, after: P3D}
defaults:
  location: northeurope
  targetRegions: [northeurope, westeurope]
galleries:
  corp:
    resourceGroup: rg
    images:
      ubuntu:
        osType: Linux
        osState: Generalized
        identifier: {publisher: contoso, offer: ubuntu, sku: "2404"}
        refresh: {policy: p, from: {managedImages: {resourceGroup: builds, name: "ubuntu-*"}}}
        versions:
          1.0.0:
            source: {managedImage: /images/ubuntu-1}
            targetRegions:
              - northeurope
              - {name: westeurope, excludeFromLatest: false}
            endOfLifeDate: 2027-06-30
          1.1.0:
            source: {managedImage: /images/ubuntu-2}
            promoted: {northeurope: 2026-11-02}
            excludeFromLatest: false
      windows:
        osType: Windows
        osState: Generalized
        identifier: {publisher: contoso, offer: windows, sku: "2025"}
"""


def changed(old: str, new: str, text: str = BASE) -> str:
    """The text with one passage written otherwise."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def each_line(text: str, write: str) -> str:
    """The text with every line that is not blank written by a pattern: ``{line}`` stands for it, ``{indent}``."""
    lines = text.splitlines()
    return "".join(
        write.format(line=line, indent=line[: len(line) - len(line.lstrip())]) + "\n" if line else "\n"
        for line in lines
    )


def indented(text: str, by: int) -> str:
    """The text with other steps of indentation than two."""
    lines = text.splitlines()
    return "".join(" " * ((len(line) - len(line.lstrip())) // 2 * by) + line.lstrip() + "\n" for line in lines)
