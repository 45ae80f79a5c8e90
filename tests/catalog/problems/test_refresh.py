"""What the reader and the lowering refuse in the keys that `acg refresh` reads: each fault with its place and words."""

import pytest

from acg.desired.lower import lower

POLICY = "refreshPolicies: {p: {number: patch}}"
FROM = "from: {definition: build/ubuntu}"


def image(text: str, policies: str = POLICY, versions: str = "{}", top: str = "") -> str:
    """A catalog with a policy and one image, whose keys begin in line 8 and 9."""
    return f"""\
{policies}
galleries:
  corp:
    resourceGroup: rg
    location: westeurope
    defaults: {{targetRegions: [westeurope, northeurope]}}
    images:
      ubuntu: {{osType: Linux, osState: Generalized, identifier: {{publisher: a, offer: b, sku: c}},
        {text}, versions: {versions}}}
{top}
"""


def refresh(text: str, policies: str = POLICY, versions: str = "{}", top: str = "") -> str:
    return image(f"refresh: {text}", policies, versions, top)


def policy(text: str) -> str:
    return refresh(f"{{policy: p, {FROM}}}", f"refreshPolicies: {{p: {{{text}}}}}")


@pytest.mark.parametrize(
    ("text", "code", "place", "message"),
    [
        # one entry of refresh, or several
        (refresh("{policy: p}"), "ACG006", "9:9", "has no from"),
        (refresh(f"[{{policy: p, {FROM}, line: '1'}}, {{line: '2'}}]"), "ACG006", "9:77", "has no policy"),
        (refresh("often"), "ACG007", "9:18", "is the text 'often', needs a mapping"),
        (refresh(f"{{policy: p, {FROM}, when: now}}"), "ACG005", "9:64", "has the unknown key 'when'"),
        (refresh(f"{{policy: q, {FROM}}}"), "ACG014", "9:27", "'q' is none of the catalog's refreshPolicies"),
        (refresh(f"[{{policy: p, {FROM}}}, {{policy: p, {FROM}, line: '2'}}]"), "ACG006", "9:19", "has no line"),
        (refresh(f"{{policy: p, {FROM}, line: '1.x'}}"), "ACG007", "9:70", "'1.x' does not begin version numbers"),
        (
            refresh(f"[{{policy: p, {FROM}, line: '1'}}, {{policy: p, {FROM}, line: '1.3'}}]"),
            "ACG011",
            "9:129",
            "line '1.3' has numbers that another line has, too",
        ),
        (image("highest: 1"), "ACG007", "9:18", "is the number 1, needs text"),
        (image("highest: one"), "ACG007", "9:18", "'one' is no version number"),
        (image("highest: {'1': 1.0.0}"), "ACG011", "9:9", "lines that the definition does not have: 1"),
        (
            image(f"highest: 1.0.0, refresh: {{policy: p, {FROM}, line: '1'}}"),
            "ACG011",
            "9:18",
            "is one number, though the definition has lines",
        ),
        # sources
        (
            refresh("{policy: p, from: {}}"),
            "ACG011",
            "9:30",
            "needs one of managedImages, snapshots, disks, definition",
        ),
        (
            refresh("{policy: p, from: {disks: {resourceGroup: r, newestBy: age}}}"),
            "ACG007",
            "9:73",
            "is the text 'age', can only be 'created' or 'name'",
        ),
        # numbers
        (
            refresh(f"{{policy: p, {FROM}, line: '1'}}", "refreshPolicies: {p: {number: date}}"),
            "ACG011",
            "9:27",
            "numbers by date, which leads out of line '1'",
        ),
        (
            refresh(f"{{policy: p, {FROM}, line: '1.2'}}", "refreshPolicies: {p: {number: minor}}"),
            "ACG011",
            "9:27",
            "numbers by minor, which leads out of line '1.2'",
        ),
        (
            refresh("{policy: p, from: {disks: {resourceGroup: r}}}", "refreshPolicies: {p: {number: source}}"),
            "ACG011",
            "9:27",
            "takes the number of the source, and only image versions have one",
        ),
        (policy("number: next"), "ACG007", "1:31", "is the text 'next', can only be 'patch', 'minor', 'major'"),
        # rings and gates
        (policy("rings: [{regions: rest}, {regions: a}]"), "ACG011", "1:19", "rest elsewhere than alone in the last"),
        (policy("rings: [{regions: a, gates: [g]}]"), "ACG011", "1:19", "gates that it does not declare: g"),
        (
            policy("rings: [{regions: a, gates: v}], gates: {v: {executedValidation: TrustedLaunch}}"),
            "ACG011",
            "1:19",
            "has a gate of versions, v, before its first ring",
        ),
        (policy("rings: [{regions: a, after: P1D}]"), "ACG011", "1:19", "has after in its first ring"),
        (policy("gates: {g: {}}"), "ACG011", "1:31", "needs one of sourceTag, resultFile, executedValidation and scal"),
        (policy("gates: {g: {resultFile: r, failed: 0}}"), "ACG011", "1:31", "has failed, which goes with scaleSets"),
        (
            policy("rings: [{regions: northeurope}, {regions: rest}]"),
            "ACG011",
            "9:27",
            "the first ring opens northeurope, and the versions' home region is westeurope",
        ),
        # retention
        (policy("keep: {}"), "ACG011", "1:23", "needs versions, for, or both"),
        (policy("keep: {versions: 0}"), "ACG011", "1:23", "has a number of versions below 1"),
        # another image first
        (
            refresh(f"{{policy: p, {FROM}, after: {{image: debian}}}}", "refreshPolicies: {p: {number: source}}"),
            "ACG014",
            "9:79",
            "'debian' is none of the catalog's images",
        ),
        (
            refresh(f"{{policy: p, {FROM}, after: {{image: ubuntu}}}}"),
            "ACG011",
            "9:64",
            "the versions of both images go by number, and policy p counts those of this one",
        ),
        # others publish, too
        (
            refresh(f"{{policy: p, {FROM}}}", versions="{1.0.0: {publishedBy: external}}"),
            "ACG011",
            "9:97",
            "is published by others, and acg refresh publishes versions of the same line",
        ),
        # days
        (image("hold: {reason: a, until: 2026-02-30}"), "ACG007", "9:34", "'2026-02-30' is not a day"),
        (image("hold: {reason: a, until: tomorrow}"), "ACG007", "9:34", "which is not of its form"),
        (image("hold: {reason: a}"), "ACG006", "9:9", "has no until"),
        (image("deprecated: {since: 2026-02-30}"), "ACG007", "9:29", "'2026-02-30' is not a day"),
        (image("a: b", top="hold: {reason: a, until: 2026-02-30}"), "ACG007", "10:26", "'2026-02-30' is not a day"),
        (
            refresh(f"{{policy: p, {FROM}}}", versions="{1.0.0: {promoted: {westeurope: 2026-02-30}}}"),
            "ACG007",
            "9:107",
            "'2026-02-30' is not a day",
        ),
    ],
)
def test_a_fault_is_reported_once_with_its_place(read, text: str, code: str, place: str, message: str) -> None:
    reading = read(text)
    found = [*reading.problems, *lower(reading).problems]

    assert any(one.code == code and f"{one.line}:{one.column}" == place and message in one.message for one in found), [
        str(one) for one in found
    ]
    assert len([one for one in found if one.code == code]) == 1
    assert all(one.fix for one in found)


def test_policies_may_be_in_a_file_of_their_own(read) -> None:
    reading = read(refresh(f"{{policy: shared, {FROM}}}", "x-nothing: 1"), policies="refreshPolicies: {shared: {}}")

    assert [*reading.problems, *lower(reading).problems] == []


def test_a_policy_is_declared_once(read) -> None:
    reading = read(refresh(f"{{policy: p, {FROM}}}"), policies="refreshPolicies: {p: {}}")

    assert [one.message for one in reading.problems] == ["refresh policy 'p' is declared here and in corp.yaml:1"]


@pytest.mark.parametrize("gate", ["sourceTag: {validated: 'true'}", "resultFile: results.json"])
def test_a_source_can_be_judged_before_the_first_ring(read, gate: str) -> None:
    reading = read(policy(f"rings: [{{regions: rest, gates: v}}], gates: {{v: {{{gate}}}}}"))

    assert [str(one) for one in (*reading.problems, *lower(reading).problems)] == []
