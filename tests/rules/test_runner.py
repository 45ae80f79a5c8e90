"""The runner: every fault once, nothing lost, and no rule that can break a check."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acg.desired.resource import Place, Resource
from acg.path import Path, dotted
from acg.rules import Guardrails, Report, Rule, all_rules, azure_rule, check_resources
from acg.rules.examples import UNKNOWN, gallery, version
from acg.rules.guardrails_file import read_guardrails
from acg.rules.index import ResourceIndex
from acg.rules.judging.runner import RuleContext
from acg.rules.rule import Check
from acg.rules.verdict import Failure, Undecided
from acg.rules.views import ImageVersion, Replication

TODAY = date(2027, 1, 15)


def about(name: str, view: type) -> Callable[[Check], Rule]:
    return azure_rule(
        code="ACG100", name=name, looks_at=view, why="Because.", fix="Fix it.", source="https://example.com"
    )


@about("broken", ImageVersion)
def broken(version: ImageVersion) -> Iterator[Failure]:
    yield version.fails("is found before the rule breaks")
    raise KeyError("oops")


@about("shared-broken", Replication)
def shared_broken(version: Replication) -> Iterator[Failure]:
    raise ZeroDivisionError
    yield


@about("two-verdicts", ImageVersion)
def two_verdicts(version: ImageVersion) -> Iterator[Failure | Undecided]:
    yield version.fails("fails", "galleryName")
    yield version.undecided("something is not known")
    version.text("location")


@about("lowered", ImageVersion)
def lowered(version: ImageVersion) -> Iterator[Failure]:
    yield version.fails("weighs less", severity="warning")


def check(*resources: Resource, rule: Rule | None = None, guardrails: object = None) -> Report:
    read, _ = read_guardrails(guardrails or {})
    return check_resources(resources, read, TODAY, rules=[rule] if rule else None)


@pytest.mark.parametrize("rule", [broken, shared_broken])
def test_a_rule_that_breaks_is_a_finding_of_its_own(rule: Rule):
    report = check(version(), rule=rule)
    [found] = [finding for finding in report.findings if finding.rule.code == "ACG090"]
    assert found.severity == "error"
    assert found.resource == "corp/ubuntu/1.0.0"
    assert rule.name in found.message
    assert report.exit_code == 1


def test_a_failure_that_names_no_resource_is_about_the_one_that_was_judged():
    def check_of_a_team(version: ImageVersion) -> Iterator[Failure]:
        yield Failure("fails")

    found = check(version(), rule=lowered._replace(check=check_of_a_team)).findings
    assert [one.resource for one in found] == ["corp/ubuntu/1.0.0"]


def test_what_was_found_before_a_rule_broke_is_kept():
    assert [finding.rule.code for finding in check(version(), rule=broken).findings] == ["ACG090", "ACG100"]


def test_a_rule_can_fail_and_doubt_and_end_at_an_unknown_value():
    report = check(version(location=UNKNOWN, regions=["westeurope"]), rule=two_verdicts)
    assert len(report.findings) == 1
    assert [one.reason for one in report.undecided] == [
        "something is not known",
        "location is known only after deployment",
    ]


@pytest.mark.parametrize(
    ("level", "severities"),
    [("mandatory", ["warning"]), ("advisory", ["warning"]), ("disabled", [])],
)
def test_a_failure_that_weighs_less_is_never_raised(level: str, severities: list[str]):
    guardrails = Guardrails(levels=read_guardrails({"all": level})[0].levels)
    report = check_resources([version()], guardrails, TODAY, rules=[lowered])
    assert [finding.severity for finding in report.findings] == severities


def test_an_advisory_rule_finds_warnings():
    report = check(version("1.0"), guardrails={"version-number": "advisory"})
    assert [(finding.rule.code, finding.severity) for finding in report.findings] == [("ACG103", "warning")]
    assert report.exit_code == 0


def test_a_disabled_rule_does_not_run():
    assert not check(version("1.0"), guardrails={"version-number": "disabled"}).findings


def test_what_exists_already_is_not_judged():
    report = check(replace(version("1.0"), managed=False))
    assert not report.findings
    assert report.resources == 0


def test_types_that_no_rule_knows_are_left_alone():
    assert not check(Resource("azure-native:network:VirtualNetwork", "net", {"location": "nowhere"})).findings


def test_a_versioned_type_token_is_the_same_type():
    report = check(version("1.0", api="2025-03-03"))
    assert [finding.rule.code for finding in report.findings] == ["ACG103"]


def test_one_fault_of_many_resources_is_one_finding():
    """A default that is wrong stands in one place."""
    place = Place("c.yaml", 2, 3, "defaults.targetRegions")
    versions = [version(f"1.0.{number}", regions=["northeurope"]) for number in range(3)]
    rules = [all_rules()["version-home-region"]]
    report = check_resources(versions, None, TODAY, rules=rules, locate=lambda resource, path: place)
    [finding] = report.findings
    assert finding.also == ("corp/ubuntu/1.0.1", "corp/ubuntu/1.0.2")
    assert finding.sentence.endswith("; the same is true of 2 more")


def test_the_same_fault_in_two_places_is_two_findings():
    versions = [version(f"1.0.{number}", regions=["northeurope"]) for number in range(3)]
    assert len(check(*versions, rule=all_rules()["version-home-region"]).findings) == 3


def test_findings_come_in_the_order_of_their_places():
    lines = {"corp/ubuntu/1.0": 9, "corp/ubuntu/2.0": 3}

    def locate(resource: Resource, path: Path) -> Place:
        return Place("c.yaml", lines[resource.name], 1, dotted(path))

    report = check_resources(
        [version("1.0"), version("2.0")], None, TODAY, rules=[all_rules()["version-number"]], locate=locate
    )
    assert [finding.place.line for finding in report.findings if finding.place] == [3, 9]


def test_undecided_resources_with_one_reason_are_told_together():
    report = check(gallery("a", location=UNKNOWN), gallery("b", location=UNKNOWN), rule=all_rules()["region-known"])
    [undecided] = report.undecided
    assert undecided.reason == "location is known only after deployment"
    assert undecided.also == ("b",)


def test_the_same_replication_is_judged_once_and_told_of_every_version():
    calls = []

    @about("counting", Replication)
    def counting(version: Replication) -> Iterator[Failure]:
        calls.append(version)
        yield version.fails("fails", "location")

    report = check(
        version("1.0.0"), version("1.0.1"), version("1.0.2", regions=["westeurope", "eastus"]), rule=counting
    )
    assert len(calls) == 2
    assert len(report.findings) == 3


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**40)
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["westeurope", "East US", "Standard_ZRS", "Shallow", "1.0.0", "2027-06-30"])
    | st.just(UNKNOWN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "id", "lun", "x"]), inner),
    max_leaves=8,
)
KEYS = (
    "location",
    "galleryName",
    "galleryImageName",
    "galleryImageVersionName",
    "resourceGroupName",
    "publishingProfile",
    "storageProfile",
    "safetyProfile",
    "tags",
    "identifier",
    "features",
    "purchasePlan",
    "recommended",
    "sharingProfile",
    "softDeletePolicy",
    "securityProfile",
    "osType",
    "osState",
    "hyperVGeneration",
    "architecture",
    "endOfLifeDate",
    "hardwareProfile",
    "osProfile",
    "diskSizeGB",
    "virtualMachineProfile",
    "sku",
    "creationData",
    "identity",
)
KINDS = (
    "Gallery",
    "GalleryImage",
    "GalleryImageVersion",
    "Disk",
    "Snapshot",
    "Image",
    "VirtualMachine",
    "VirtualMachineScaleSet",
)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS),
            st.dictionaries(st.sampled_from(KEYS), json_values, max_size=6),
        ),
        max_size=3,
    )
)
def test_no_input_breaks_a_rule(drawn: list[tuple[str, dict[str, object]]]):
    """Whatever a program hands over: wrong types, nulls, floats, values that are not known yet."""
    resources = [
        Resource(f"azure-native:compute:{kind}", f"r{number}", inputs) for number, (kind, inputs) in enumerate(drawn)
    ]
    everything, _ = read_guardrails({"all": "mandatory"})
    report = check_resources(resources, everything, TODAY)
    assert [str(finding) for finding in report.findings if finding.rule.code == "ACG090"] == []


REGIONS = st.lists(
    st.builds(
        lambda name, count, kind: {"name": name, "regionalReplicaCount": count, "storageAccountType": kind},
        st.sampled_from(["westeurope", "West Europe", "northeurope", "westus", "atlantis"]),
        st.none() | st.integers(-1, 102) | st.just(3.0),
        st.none() | st.sampled_from(["Standard_LRS", "Standard_ZRS", "x"]),
    ),
    max_size=3,
)
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "targetRegions": REGIONS,
        "replicaCount": st.integers(-1, 102),
        "storageAccountType": st.sampled_from(["Standard_LRS", "Standard_ZRS", "x"]),
        "replicationMode": st.sampled_from(["Full", "Shallow", "x"]),
        "excludeFromLatest": st.booleans(),
        "targetExtendedLocations": st.just([{"name": "westus", "extendedLocation": {"name": "x", "type": "EdgeZone"}}]),
        "storageAccountStrategy": st.sampled_from(["PreferStandard_ZRS", "DefaultStandard_LRS", "x"]),
    },
)
ABOUT_REPLICATION = [rule for rule in all_rules().values() if Replication in rule.looks_at]


@settings(deadline=None, max_examples=300)
@given(PROFILES, PROFILES, st.booleans())
def test_what_versions_share_is_judged_as_if_each_were_alone(one: dict, change: dict, in_order: bool):
    """Two profiles that mostly say the same must not get each other's verdicts, nor lose what only one of them says."""
    profiles = [one, {**one, **change}] if in_order else [{**one, **change}, one]
    versions = [version(f"1.0.{n}", publishingProfile=profile) for n, profile in enumerate(profiles)]
    everything, _ = read_guardrails({"all": "mandatory"})
    report = check_resources(versions, everything, TODAY, rules=ABOUT_REPLICATION)
    together = {(found.resource, found.rule.name, found.message, found.path) for found in report.findings}
    alone = {
        (each.name, rule.name, outcome.message, outcome.path)
        for each, profile in zip(versions, profiles, strict=True)
        for rule in ABOUT_REPLICATION
        for outcome in outcomes(rule, Replication("westeurope", profile))
    }
    assert together == alone
    shared = [view.replication.profile.inputs for view in ResourceIndex(versions).all(ImageVersion)]
    assert shared == profiles


def outcomes(rule: Rule, replication: Replication) -> list[Failure]:
    """The failures of a rule, given all of a profile and not only what an index keeps of it."""
    _, judge, further = RuleContext(Guardrails(), TODAY).ready(rule, ResourceIndex([]))
    return [outcome for outcome in judge(replication, *further) if isinstance(outcome, Failure)]
