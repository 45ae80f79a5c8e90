"""Layouts of quotes, brackets, blocks of text, anchors and merges, tags and large files."""

from tests.catalog.edit.layouts.base import BASE, changed

_FIRST = BASE[BASE.index("          1.0.0:") : BASE.index("          1.1.0:")]
_SECOND = BASE[BASE.index("          1.1.0:") : BASE.index("      windows:")]
_FLOW_FIRST = (
    "{source: {managedImage: /images/ubuntu-1}, targetRegions: [northeurope, {name: westeurope, excludeFromLatest: "
    "false}], endOfLifeDate: 2027-06-30}"
)
_FLOW_SECOND = (
    "{source: {managedImage: /images/ubuntu-2}, promoted: {northeurope: 2026-11-02}, excludeFromLatest: false}"
)
_VERSIONS = f"        versions:\n{_FIRST}{_SECOND}"
_HISTORY = "".join(
    f"          0.{minor}.{patch}:\n            source: {{managedImage: /images/ubuntu-{minor}-{patch}}}\n"
    for minor in range(20)
    for patch in range(500)
)


def _versions(text: str) -> str:
    return changed(_VERSIONS, text)


def _quoted(mark: str) -> str:
    return BASE.replace("1.0.0:", f"{mark}1.0.0{mark}:").replace("1.1.0:", f"{mark}1.1.0{mark}:")


QUOTES = {
    "numbers in double quotes": _quoted('"'),
    "numbers in single quotes": _quoted("'"),
    "one number in quotes": BASE.replace("1.0.0:", '"1.0.0":'),
    "keys in quotes": BASE.replace("versions:", '"versions":').replace("targetRegions:", "'targetRegions':"),
    "values in double quotes": BASE.replace("2027-06-30", '"2027-06-30"').replace("- northeurope", '- "northeurope"'),
    "values in single quotes": BASE.replace("2027-06-30", "'2027-06-30'").replace("- northeurope", "- 'northeurope'"),
    "an escape in a key": BASE.replace("promoted:", '"pr\\u006fmoted":'),
}

BRACKETS = {
    "each version on one line": _versions(
        f"        versions:\n          1.0.0: {_FLOW_FIRST}\n          1.1.0: {_FLOW_SECOND}\n"
    ),
    "all versions on one line": _versions(f"        versions: {{1.0.0: {_FLOW_FIRST}, 1.1.0: {_FLOW_SECOND}}}\n"),
    "a version in brackets per line": _versions(
        f"        versions: {{\n          1.0.0: {_FLOW_FIRST},\n          1.1.0: {_FLOW_SECOND}\n        }}\n"
    ),
    "a comma at the end": _versions(
        f"        versions: {{\n          1.0.0: {_FLOW_FIRST},\n          1.1.0: {_FLOW_SECOND},\n        }}\n"
    ),
    "comments in brackets": _versions(
        f"        versions: {{  # newest last\n          # The first.\n          1.0.0: {_FLOW_FIRST},  # one\n"
        f"          1.1.0: {_FLOW_SECOND}  # two\n        }}\n"
    ),
    "blanks in brackets": BASE.replace("{", "{ ").replace("}", " }").replace("[", "[ ").replace("]", " ]"),
    "no blanks in brackets": BASE.replace(", ", ","),
    "regions in brackets over lines": changed(
        "            targetRegions:\n              - northeurope\n"
        "              - {name: westeurope, excludeFromLatest: false}\n",
        "            targetRegions: [\n              northeurope,  # home\n              {name: westeurope, "
        "excludeFromLatest: false},\n            ]\n",
    ),
    "a value that goes on in the next line": changed(
        "            promoted: {northeurope: 2026-11-02}",
        "            promoted: {northeurope:\n              2026-11-02}",
    ),
    "empty brackets": changed("            promoted: {northeurope: 2026-11-02}\n", "            promoted: {}\n"),
}

TEXTS = {
    "a block above": changed(
        "        osType: Linux\n",
        "        description: |\n          Line one.\n\n            # no comment\n          versions:\n"
        "        osType: Linux\n",
    ),
    "a folded block between": changed(
        "        versions:\n", "        description: >-\n          folded\n          text\n        versions:\n"
    ),
    "a block within a version": changed(
        "            endOfLifeDate: 2027-06-30\n",
        "            endOfLifeDate: 2027-06-30\n            tags:\n              notes: |+\n                kept\n\n\n",
    ),
    "a block that ends the file": BASE + "        description: |+\n          kept\n\n",
    "a block with its indentation": changed(
        "        versions:\n", "        description: |2-\n            deeper\n          text\n        versions:\n"
    ),
    "text over several lines": changed(
        "        versions:\n",
        "        description: one\n          two: no\n          three\n        versions:\n".replace(
            "two: no", "two, no"
        ),
    ),
    "quoted text over several lines": changed(
        "        versions:\n",
        '        description: "one\n          # two\n\n          three\\\n          four"\n        versions:\n',
    ),
    "single quotes over several lines": changed(
        "        versions:\n", "        description: 'one\n\n          it''s: two'\n        versions:\n"
    ),
    "a date as a block": changed("endOfLifeDate: 2027-06-30\n", "endOfLifeDate: >-\n              2027-06-30\n"),
}

SHARED = {
    "an anchor on a version": changed("          1.0.0:\n", "          1.0.0: &first\n"),
    "an anchor on a version, and a merge": changed("          1.0.0:\n", "          1.0.0: &first\n").replace(
        "          1.1.0:\n", "          1.1.0:\n            <<: *first\n"
    ),
    "regions shared by an alias": changed(
        "targetRegions: [northeurope", "targetRegions: &regions [northeurope"
    ).replace("            promoted:", "            targetRegions: *regions\n            promoted:"),
    "a version by an alias": _versions(
        f"        versions:\n{_FIRST.replace('1.0.0:', '1.0.0: &first')}          1.1.0: *first\n"
    ),
    "several merges": changed(
        "galleries:\n", "x-a: &a {replicaCount: 2}\nx-b: &b {storageAccountType: Premium_LRS}\ngalleries:\n"
    ).replace("          1.1.0:\n", "          1.1.0:\n            <<: [*a, *b]\n"),
    "versions by a merge": _versions(f"        versions: &all\n{_FIRST}{_SECOND}").replace(
        "      windows:\n", "      debian:\n        versions:\n          <<: *all\n      windows:\n"
    ),
    "an anchor on a value": BASE.replace("2027-06-30", "&end 2027-06-30").replace(
        "            promoted:", "            endOfLifeDate: *end\n            promoted:"
    ),
    "an anchor below its key": changed("          1.0.0:\n", "          1.0.0:\n            &first\n"),
    "a tag": changed("endOfLifeDate: 2027-06-30", "endOfLifeDate: !!str 2027-06-30"),
    "a tag on a mapping": changed("          1.0.0:\n", "          1.0.0: !!map\n"),
}

KEYS = {
    "an explicit key": changed("          1.1.0:\n            source", "          ? 1.1.0\n          : source"),
    "a number as an explicit key in brackets": _versions(
        f"        versions: {{? 1.0.0 : {_FLOW_FIRST}, 1.1.0: {_FLOW_SECOND}}}\n"
    ),
    "the newest first": _versions(f"        versions:\n{_SECOND}{_FIRST}"),
    "no order": _versions(f"        versions:\n          7.0.0: {_FLOW_SECOND}\n{_FIRST}{_SECOND}"),
    "the versions before all else": changed(_VERSIONS, "").replace(
        "        osType: Linux\n", f"{_VERSIONS}        osType: Linux\n"
    ),
    "a long line": changed(
        "osState: Generalized\n        identifier: {publisher: contoso, offer: ubuntu",
        f"osState: Generalized\n        description: {'long ' * 2000}\n"
        "        identifier: {publisher: contoso, offer: ubuntu",
    ),
}

EMPTY = {
    "no versions": changed(_VERSIONS, ""),
    "versions without a value": _versions("        versions:\n"),
    "versions without a value, and a comment": _versions("        versions:   # none yet\n"),
    "empty versions": _versions("        versions: {}\n"),
    "empty versions, and a comment": _versions("        versions: {}   # none yet\n"),
    "null": _versions("        versions: null\n"),
    "a comment instead of versions": _versions("        versions:\n          # none yet\n"),
}

LARGE = changed("        versions:\n", f"        versions:\n{_HISTORY}")
"""Ten thousand versions."""
