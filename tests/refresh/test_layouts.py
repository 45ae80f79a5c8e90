"""Whatever a catalog looks like, the edits of a refresh say what they intend and leave all other lines alone."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml

from acg.catalog.edit import Edit, EditError, apply_edits
from acg.catalog.edit.intended import intended
from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.refresh.azure import Azure
from acg.refresh.declared import Declared
from acg.refresh.model import edits_of
from acg.refresh.pin import pin
from acg.refresh.rollback import rollback
from tests.refresh.world import build, run, snapshot

UBUNTU = ("galleries", "corp", "images", "ubuntu")
PLAIN = """\
refreshPolicies:
  p:
    rings:
      - {regions: [northeurope]}
      - {regions: rest, after: P3D}
    keep: {versions: 1}
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
        hyperVGeneration: V1
        identifier: {publisher: contoso, offer: ubuntu, sku: lts}
        refresh: {policy: p, from: {managedImages: {resourceGroup: builds, name: "ubuntu-*"}}}
        versions:
          1.0.0:
            source: {managedImage: /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/builds/providers/Microsoft.Compute/images/ubuntu-0}
            publishedOn: 2026-10-01
          1.1.0:
            source: {managedImage: /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/builds/providers/Microsoft.Compute/images/ubuntu-1}
            targetRegions: [northeurope, westeurope]
            publishedOn: 2026-10-10
            promoted: {northeurope: 2026-10-10, westeurope: 2026-10-14}
          1.2.0:
            source: {managedImage: /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/builds/providers/Microsoft.Compute/images/ubuntu-2}
            targetRegions: [northeurope]
            publishedOn: 2026-11-20
            promoted: {northeurope: 2026-11-20}
      debian:
        osType: Linux
        osState: Generalized
        identifier: {publisher: contoso, offer: debian, sku: lts}
"""  # noqa: E501 - ids are long


def plain() -> dict[str, Any]:
    """The catalog as data; days are text."""
    return json.loads(json.dumps(read_files([("c.yaml", PLAIN.encode())], "c.yaml").raw))


def dumped(**style: Any) -> str:
    return yaml.safe_dump(plain(), sort_keys=False, width=10_000, **style)


def reordered() -> str:
    document = plain()
    images = document["galleries"]["corp"]["images"]
    images["ubuntu"] = dict(reversed(images["ubuntu"].items()))
    return yaml.safe_dump(dict(reversed(document.items())), sort_keys=False, width=10_000)


def merged(text: str) -> str:
    anchor = "x-common: &common\n  osType: Linux\n  osState: Generalized\n"
    return anchor + text.replace("        osType: Linux\n        osState: Generalized\n", "        <<: *common\n")


LAYOUTS: dict[str, Callable[[], str]] = {
    "plain": lambda: PLAIN,
    "comments": lambda: re.sub(r"(?m)^( *)(\S.*)$", r"\1# about the next line\n\1\2  # about this line", PLAIN),
    "blank lines": lambda: PLAIN.replace("          1.", "\n          1.").replace("      debian", "\n\n      debian"),
    "trailing blanks": lambda: PLAIN.replace(":\n", ":   \n"),
    "CRLF": lambda: PLAIN.replace("\n", "\r\n"),
    "no final newline": lambda: PLAIN.removesuffix("\n"),
    "CRLF, no final newline": lambda: PLAIN.replace("\n", "\r\n").removesuffix("\r\n"),
    "document start": lambda: f"---\n{PLAIN}",
    "comment at the end": lambda: f"{PLAIN}# the end\n",
    "comment before the next image": lambda: PLAIN.replace("      debian", "      # Debian, one day\n      debian"),
    "double quotes": lambda: dumped(default_style='"'),
    "single quotes": lambda: dumped(default_style="'"),
    "quoted numbers": lambda: re.sub(r"(1\.\d\.0):", r'"\1":', PLAIN),
    "block throughout": lambda: dumped(default_flow_style=False),
    "four spaces": lambda: dumped(indent=4, default_flow_style=False),
    "keys turned around": lambda: reordered(),
    "JSON": lambda: json.dumps(plain(), indent=2),
    "JSON on one line": lambda: json.dumps(plain()),
    "flow throughout": lambda: dumped(default_flow_style=True),
    "merge key": lambda: merged(PLAIN),
    "anchor on the policy": lambda: PLAIN.replace("refresh: {", "refresh: &everywhere {"),
    "anchor on a version": lambda: PLAIN.replace("1.1.0:\n", "1.1.0: &one\n"),
    "block scalar": lambda: PLAIN.replace(
        "refresh:", "description: |\n          Several\n          lines: of text\n        refresh:"
    ),
    "highest there": lambda: PLAIN.replace(
        "        versions", "        highest: 1.2.0  # never again\n        versions"
    ),
    "aligned values": lambda: PLAIN.replace("osType: ", "osType:         ").replace(
        "publishedOn: ", "publishedOn:    "
    ),
}


def edits_for(what: str, raw: dict[str, Any]) -> list[Edit]:
    """The edits of each kind, as the commands make them."""
    declared = Declared(lower(read_files([("c.json", json.dumps(raw).encode())], "c.json")))
    if what == "rollback":
        return list(rollback(declared, Azure(None), "ubuntu", "boot loop: again", date(2026, 11, 27)).edits)
    if what == "pin":
        return pin(declared, UBUNTU)
    seen = snapshot(
        raw, [build("ubuntu-2", "2026-11-19T00:00:00+00:00"), build("ubuntu-3", "2026-11-26T00:00:00+00:00")]
    )
    done = run(raw, seen, "2026-11-27")
    return edits_of(one for one in done.decisions if one.action == what)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("what", ["publish", "promote", "exclude", "rollback", "pin"])
def test_edits_say_what_they_intend_and_leave_other_lines_alone(layout: str, what: str) -> None:
    text = LAYOUTS[layout]()
    raw = dict(read_files([("c.yaml", text.encode())], "c.yaml").raw)
    edits = edits_for(what, json.loads(json.dumps(raw)))
    assert edits
    try:
        written = apply_edits(text, edits)
    except EditError:
        assert (layout, what) in REFUSED
        return
    assert (layout, what) not in REFUSED

    wanted: Any = raw
    for edit in edits:
        wanted = intended(wanted, edit)
    assert read_files([("c.yaml", written.encode())], "c.yaml").raw == wanted
    lines = difflib.unified_diff(text.splitlines(), written.splitlines(), lineterm="", n=0)
    lost = [line for line in lines if line.startswith("-") and not line.startswith("---")]
    assert len(lost) <= most_changed(layout, what), lost


def most_changed(layout: str, what: str) -> int:
    """How many lines an edit may rewrite: those of lists and mappings in brackets that grow."""
    if "flow" in layout or "one line" in layout:
        return 10_000
    if layout == "JSON":
        return 20
    return {"promote": 2, "publish": 1, "pin": 0, "rollback": 0, "exclude": 0}[what]


REFUSED: set[tuple[str, str]] = set()
"""What the writer refuses whole; the edit is then shown, to be made by hand."""
