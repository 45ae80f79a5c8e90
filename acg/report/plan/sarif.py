"""A plan as SARIF 2.1.0, which code scanning shows beside the lines of a catalog."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from acg import __version__
from acg.plan.model import Plan
from acg.report.json_form import dumps
from acg.report.plan.entries import Entry, entries
from acg.report.plan.shown import Shown
from acg.text import inert

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TEXTS = {
    "forbidden": "A change that Azure has no way to make",
    "new-version-required": "A change that needs a new image version",
    "new-definition-required": "A change that needs a new image definition",
    "replace": "A change for which Pulumi would delete and create",
    "rename": "A new key for something that keeps its name in Azure",
    "move": "A definition that moves to another gallery",
    "adopt": "Something that exists and is to be managed",
    "release": "Something managed that is to be left alone",
    "safety": "A change of what protects the images",
    "undecided": "A change that no source decides",
    "delete": "A deletion",
    "latest-lost": "A region in which no version is the latest any more",
    "latest-unchanged": "A new version that does not become the latest in a region",
}


def render(shown: Shown) -> str:
    """One run, with each rule that has a result."""
    found = list(entries(shown.plan))
    ids = list(dict.fromkeys(entry.rule for entry in found))
    described = [_rule(name, shown.plan) for name in ids]
    run = {
        "tool": {"driver": {"name": "acg", "version": __version__, "rules": described}},
        "automationDetails": {"id": f"acg/plan/{quote(shown.plan.stack or '', safe='')}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(entry, ids.index(entry.rule)) for entry in found],
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, plan: Plan) -> dict[str, Any]:
    rule = next((finding.rule for finding in plan.findings.new if finding.rule.name == name), None)
    if rule is None:
        return {"id": name, "shortDescription": {"text": _TEXTS.get(name, name)}}
    text = {"shortDescription": {"text": rule.summary}, "fullDescription": {"text": rule.why}}
    return {"id": name, "name": rule.code, **text, **({"helpUri": rule.source} if rule.source else {})}


def _result(entry: Entry, index: int) -> dict[str, Any]:
    fix = f" {inert(entry.fix)}" if entry.fix else ""
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": inert(entry.subject), "kind": "resource"}]}
    if entry.place is not None:
        region = {"startLine": entry.place.line, "startColumn": entry.place.column}
        file = {"artifactLocation": {"uri": _uri(entry.place.file)}}
        location["physicalLocation"] = file if entry.place.line is None else {**file, "region": region}
    same = sha256(f"{entry.rule}\n{entry.subject}\n{entry.message}".encode(errors="surrogatepass")).hexdigest()
    return {
        "ruleId": entry.rule,
        "ruleIndex": index,
        "level": entry.level,
        "message": {"text": f"{inert(entry.message)}{fix}"},
        "locations": [location],
        "partialFingerprints": {"acgChange/v1": same},
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogatepass")
