"""A check as JUnit's XML: one test case for each rule, and for each problem with the input."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from acg.report.check.checked import Checked, Entry
from acg.text import inert


def render(checked: Checked) -> str:
    """A rule with errors fails, one with warnings passes and lists them, and one that is nowhere decided is skipped.

    What is suppressed is a test case of its own, which is skipped.
    """
    suite = Element("testsuite", name="acg check")
    for code, entries in _by_code(entry for entry in checked.findings if entry.kind == "input").items():
        case = SubElement(suite, "testcase", classname="input", name=f"{code} {entries[0].rule}")
        _list(SubElement(case, "error", message=_first(entries)), entries)
    found, undecided = _by_code(checked.findings), _by_code(checked.undecided)
    listed = {rule.code: rule for rule in checked.rules}
    # What the engine itself finds, such as an expired suppression, is listed only where there is some.
    extra = {entry.code: entry for entry in checked.findings if entry.kind != "input" and entry.code not in listed}
    names = {code: (rule.kind, rule.name) for code, rule in listed.items()}
    names |= {code: (entry.kind, entry.rule) for code, entry in extra.items()}
    for code, (kind, name) in names.items():
        case = SubElement(suite, "testcase", classname=kind, name=f"{code} {name}")
        _case(case, found.get(code, []), undecided.get(code, []))
    for entry, until in checked.suppressed_until:
        name = f"{entry.code} {entry.rule}: {entry.resource or entry.path}"
        case = SubElement(suite, "testcase", classname="suppressed", name=inert(name))
        SubElement(case, "skipped", message=inert(f"{entry.message} (suppressed {until})"))
    counts = {
        "tests": len(suite.findall("testcase")),
        "failures": len(suite.findall("*/failure")),
        "errors": len(suite.findall("*/error")),
    }
    for key, value in {**counts, "skipped": len(suite.findall("*/skipped"))}.items():
        suite.set(key, str(value))
    if checked.notes:
        SubElement(suite, "system-out").text = "\n".join(map(inert, checked.notes))
    root = Element("testsuites")
    root.append(suite)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(case: Element, found: list[Entry], undecided: list[Entry]) -> None:
    errors = [entry for entry in found if entry.severity == "error"]
    others = [entry for entry in (*found, *undecided) if entry.severity != "error"]
    if errors:
        _list(SubElement(case, "failure", message=_first(errors)), errors)
    elif undecided and not found:
        SubElement(case, "skipped", message=_first(undecided))
    if others:
        _list(SubElement(case, "system-out"), others)


def _by_code(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.code, []).append(entry)
    return found


def _first(entries: list[Entry]) -> str:
    more = f" (and {len(entries) - 1:,} more)" if len(entries) > 1 else ""
    return inert(entries[0].message) + more


def _list(element: Element, entries: list[Entry]) -> None:
    element.text = "\n".join(
        f"{inert(f'{entry.severity} {entry.place} {entry.message}')}\n  fix   {inert(entry.fix)}" for entry in entries
    )
