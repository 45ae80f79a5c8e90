"""Layouts of ends of lines, blanks, indentation and comments."""

import json

import yaml

from tests.catalog.edit.layouts.base import BASE, changed, each_line, indented

_DATA = yaml.load(BASE, yaml.BaseLoader)  # noqa: S506 - builds text, lists and mappings alone

ENDS = {
    "as people write it": BASE,
    "CRLF": BASE.replace("\n", "\r\n"),
    "CRLF, but for one line": BASE.replace("\n", "\r\n").replace("osType: Linux\r\n", "osType: Linux\n"),
    "LF, but for one line": BASE.replace("osType: Linux\n", "osType: Linux\r\n"),
    "a byte order mark": "\ufeff" + BASE,
    "a byte order mark and CRLF": "\ufeff" + BASE.replace("\n", "\r\n"),
    "no newline at the end": BASE.rstrip("\n"),
    "CRLF, and none at the end": BASE.replace("\n", "\r\n").rstrip("\r\n"),
    "the versions last": BASE[: BASE.index("      windows:")],
    "the versions last, and no newline": BASE[: BASE.index("      windows:")].rstrip("\n"),
    "the versions last, CRLF and none at the end": (
        BASE[: BASE.index("      windows:")].replace("\n", "\r\n").rstrip("\r\n")
    ),
    "blank lines at the end": BASE + "\n\n\n",
    "blanks without a newline at the end": BASE + "   ",
    "blanks at the end of lines": each_line(BASE, "{line}  "),
    "tabs at the end of lines": each_line(BASE, "{line}\t"),
    "blank lines between all": each_line(BASE, "{line}\n"),
    "lines of blanks between all": each_line(BASE, "{line}\n     "),
    "blank lines between versions": changed("          1.1.0:\n", "\n\n          1.1.0:\n"),
    "blank lines below a key": changed("        versions:\n", "        versions:\n\n\n"),
    "blank lines first": "\n\n" + BASE,
    "an explicit start": "---\n" + BASE,
    "an explicit end": BASE + "...\n",
    "a directive": "%YAML 1.1\n---\n" + BASE,
    "a start with a comment": "--- # the galleries\n" + BASE,
}

INDENTATION = {
    "by one": indented(BASE, 1),
    "by three": indented(BASE, 3),
    "by four": indented(BASE, 4),
    "by eight": indented(BASE, 8),
    "versions deeper than the rest": BASE.replace("\n          ", "\n                ").replace(
        "\n                  ", "\n                    "
    ),
    "each version by another depth": changed(
        "          1.1.0:\n            source: {managedImage: /images/ubuntu-2}\n"
        "            promoted: {northeurope: 2026-11-02}\n            excludeFromLatest: false\n",
        "          1.1.0:\n              source: {managedImage: /images/ubuntu-2}\n"
        "              promoted: {northeurope: 2026-11-02}\n              excludeFromLatest: false\n",
    ),
    "dashes below the key": changed(
        "              - northeurope\n              - {", "            - northeurope\n            - {"
    ),
    "dashes far out": changed(
        "              - northeurope\n              - {", "                    - northeurope\n                    - {"
    ),
    "wide dashes": changed("- northeurope\n              - {", "-   northeurope\n              -   {"),
    "a mapping behind its dash": changed(
        "- {name: westeurope, excludeFromLatest: false}", "- name: westeurope\n                excludeFromLatest: false"
    ),
    "a mapping below its dash": changed(
        "- {name: westeurope, excludeFromLatest: false}",
        "-\n                name: westeurope\n                excludeFromLatest: false",
    ),
    "aligned colons": changed("            endOfLifeDate: 2027", "            endOfLifeDate    : 2027"),
    "aligned values": changed("            promoted: {", "            promoted:          {"),
    "a list below its key": changed(
        "  targetRegions: [northeurope, westeurope]", "  targetRegions:\n    - northeurope\n    - westeurope"
    ),
}

COMMENTS = {
    "behind every line": each_line(BASE, "{line}  # a comment"),
    "above every line": each_line(BASE, "{indent}# a comment: {{x}}\n{line}"),
    "below every line": each_line(BASE, "{line}\n{indent}# a comment"),
    "at the margin above every line": each_line(BASE, "# a comment\n{line}"),
    "far out below every line": each_line(BASE, "{line}\n                              # a comment"),
    "above and behind, with blank lines": each_line(BASE, "\n{indent}# above\n\n{line} # behind"),
    "directly above versions": changed("          1.0.0:\n", "          # The first.\n          1.0.0:\n"),
    "between versions, apart from both": changed(
        "          1.1.0:\n", "\n          # From here on: new.\n\n          1.1.0:\n"
    ),
    "behind the number": changed("          1.0.0:\n", "          1.0.0:   # the first\n"),
    "behind a tab": changed("          1.0.0:\n", "          1.0.0:\t# the first\n"),
    "behind a key without a value": changed("        versions:\n", "        versions: # newest last\n"),
    "below a number": changed("          1.0.0:\n", "          1.0.0:\n            # The first.\n"),
    "at the end of a version": changed(
        "            excludeFromLatest: false\n", "            excludeFromLatest: false\n            # that is all\n"
    ),
    "at the end of the versions": changed("      windows:\n", "          # newest last\n      windows:\n"),
    "at the end of the file": BASE + "# the end\n",
    "at the end of the file, without a newline": BASE + "# the end",
    "at the end of the versions and the file": BASE[: BASE.index("      windows:")]
    + "          # newest last\n# the end",
    "between regions": changed("              - {name", "              # Closed at first.\n              - {name"),
    "behind regions": changed("- northeurope\n", "- northeurope   # home\n"),
    "that look like versions": changed("          1.1.0:\n", "          # 1.0.9: {retire: true}\n          1.1.0:\n"),
    "of other scripts": changed("          1.0.0:\n", "          # Überblick – 版本 🚀\n          1.0.0:\n"),
    "with rare ends of lines": changed("          1.0.0:\n", "          # a\x85# b\u2028# c\n          1.0.0:\n"),
    "that a version is made of": changed("          1.0.0:\n", "          #1.0.0:\n          1.0.0:\n"),
    "between a key and its value": changed(
        "            endOfLifeDate: 2027-06-30\n",
        "            endOfLifeDate:\n              # long enough\n              2027-06-30\n",
    ),
}

JSON = {
    "JSON on one line": json.dumps(_DATA) + "\n",
    "JSON over many lines": json.dumps(_DATA, indent=2) + "\n",
    "JSON by tabs": json.dumps(_DATA, indent="\t") + "\n",
    "JSON without blanks": json.dumps(_DATA, separators=(",", ":")),
}
