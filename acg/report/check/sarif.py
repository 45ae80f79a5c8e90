"""A check as SARIF 2.1.0, which code scanning and editors read."""

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from acg import __version__
from acg.desired.resource import Suppressed
from acg.report.check.checked import Checked, Entry
from acg.report.json_form import dumps
from acg.rules.guardrails import Level, default_level
from acg.rules.meta_rules import META_RULES
from acg.rules.rule import Rule
from acg.text import inert

INFORMATION = "https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(checked: Checked) -> str:
    """One run, with metadata of every rule that took part and of the problems that turned up."""
    described = [_rule(rule) for rule in (*checked.rules, *META_RULES)]
    known = {rule["id"] for rule in described}
    for entry in checked.findings:
        if entry.code not in known:
            known.add(entry.code)
            described.append(_problem(entry))
    index = {rule["id"]: position for position, rule in enumerate(described)}
    results = [_result(entry, index) for entry in (*checked.findings, *checked.undecided)]
    results += [_result(entry, index, suppression) for entry, suppression in checked.suppressed]
    driver = {"name": "acg", "version": __version__, "informationUri": INFORMATION, "rules": described}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(checked)],
        "results": results,
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(checked: Checked) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": checked.exit_code != 2}
    if checked.notes:
        invocation["toolExecutionNotifications"] = [
            {"level": "note", "message": {"text": inert(note)}} for note in checked.notes
        ]
    return invocation


def _rule(rule: Rule) -> dict[str, Any]:
    level = default_level(rule)
    summary = rule.summary if rule.kind != "meta" else rule.name
    described: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\n{rule.fix}"},
        "defaultConfiguration": {
            "enabled": level is not Level.DISABLED,
            "level": "error" if rule.severity == "error" else "warning",
        },
        "properties": {"tags": ["azure-compute-gallery", rule.kind]},
    }
    return {**described, "helpUri": rule.source} if rule.source else described


def _problem(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.code,
        "name": entry.rule,
        "shortDescription": {"text": entry.rule.replace("-", " ")},
        "defaultConfiguration": {"enabled": True, "level": "error"},
        "properties": {"tags": ["azure-compute-gallery", entry.kind]},
    }


def _result(entry: Entry, index: dict[str, int], suppression: Suppressed | None = None) -> dict[str, Any]:
    decided = entry.severity != "undecided"
    result: dict[str, Any] = {
        "ruleId": entry.code,
        "ruleIndex": index[entry.code],
        "kind": "fail" if decided else "open",
        "level": entry.severity if decided else "none",
        "message": {"text": f"{inert(entry.message)}. {inert(entry.fix)}"},
    }
    if location := _location(entry):
        result["locations"] = [location]
    if suppression:
        why = f"{inert(suppression.reason)} (until {inert(suppression.until)})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    return result


def _location(entry: Entry) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if entry.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(entry.file)}}
        if entry.line:
            column = _columns(entry.column, entry.length) if entry.column else {}
            physical["region"] = {"startLine": entry.line, **column}
        location["physicalLocation"] = physical
    if entry.resource:
        name = "/".join(filter(None, (inert(entry.resource), inert(entry.path))))
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "resource"}]
    return location


def _columns(start: int, length: int) -> dict[str, int]:
    return {"startColumn": start, "endColumn": start + length}


def _uri(file: str) -> str:
    path = PurePath(file)
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix(), errors="surrogatepass")
