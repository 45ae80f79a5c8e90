"""Faults that programs met: what the components refuse, what they ask the engine for, and what the pack says of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pulumi
import pytest
from google.protobuf import json_format
from pulumi_acg import Gallery, declare

from acg.catalog.reader import read_catalog
from acg.cli.main import run
from acg.errors import AcgError
from acg.testing import Report, Resource, load_pack
from tests.components.mocked import Recorded
from tests.components.mocked import run as run_program
from tests.embedded import Embedded
from tests.reported.catalogs import OWN_RULE, catalog

POLICIES = Path(__file__).parents[2] / "policies"
TWO_REPLICAS = {"minimum-replicas": {"enforcementLevel": "mandatory", "replicas": 2}}
EXPIRED = [{"rule": "ACG103", "reason": "agreed", "until": "2020-01-01"}]
STRICT = {"suppressions": {"enforcementLevel": "mandatory"}}
ADDED = {"regions": {"westeuropa": {"displayName": "West Europa", "geography": "Europe", "zones": ["1", "2", "3"]}}}
IN_ADDED_REGION = catalog({"targetRegions": ["westeurope", "westeuropa"]}, top=ADDED)
CORP = Resource(
    "azure-native:compute:Gallery",
    {"galleryName": "corp", "resourceGroupName": "rg", "location": "japaneast"},
    name="corp",
)
CRASHING = OWN_RULE.replace("yield gallery.fails", "raise ZeroDivisionError")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a Pulumi project, in which everything runs."""
    (tmp_path / "Pulumi.yaml").write_text("name: project\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PWD", str(tmp_path))
    monkeypatch.setattr("pulumi_acg.catalog.run_lean", lambda: None)
    return tmp_path


@dataclass(frozen=True)
class Row:
    """One fault: what the project holds, and what a person has to read."""

    name: str
    catalog: str = catalog()
    says: str = ""
    silent: str = ""
    guardrails: Mapping[str, Any] = field(default_factory=dict)
    own_rule: str = ""
    config: Mapping[str, str] = field(default_factory=dict)

    def write(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make the project."""
        (project / "catalog.yaml").write_text(self.catalog)
        if self.guardrails:
            (project / "guardrails.json").write_text(json.dumps(self.guardrails))
        if self.own_rule:
            (project / "rules").mkdir()
            (project / "rules" / "small_gallery.py").write_text(self.own_rule)
            monkeypatch.setenv("ACG_RULES", str(project / "rules"))


def each(rows: Sequence[Row]) -> pytest.MarkDecorator:
    """A test for each row."""
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name.replace(" ", "-"))


def deployed(config: Mapping[str, str] | None = None) -> tuple[Recorded, str]:
    """What the program of a catalog asks for, and the error that it ends with."""
    errors: list[str] = []

    def program() -> None:
        pulumi.runtime.set_all_config(dict(config or {}))
        try:
            declare(read_catalog("catalog.yaml"))
        except AcgError as error:
            errors.append(str(error))

    try:
        return run_program(program), "\n".join(errors)
    finally:
        pulumi.runtime.set_all_config({})


def shown(recorded: Recorded) -> list[Resource]:
    """The same as the engine shows it to a policy pack."""
    made: dict[tuple[str, str], Resource] = {}
    for one in recorded.requests:
        *_, kind, name = one.parent.split("::")
        above = made.get((kind.rpartition("$")[2], name))
        inputs = json_format.MessageToDict(one.object)
        made[one.type, one.name] = Resource(one.type, inputs, name=one.name, parent=above)
    return list(made.values())


def of_pack() -> Report:
    """What the pack says of the program in a preview."""
    resources = shown(deployed()[0])
    with load_pack(POLICIES) as pack:
        return pack.run(*resources)


REFUSED = [
    Row("guardrails.json beside Pulumi.yaml counts without being named", says="ACG903", guardrails=TWO_REPLICAS),
    Row("rules of the team's own come from ACG_RULES", says="ACG951", own_rule=OWN_RULE),
    Row("suppressions have a level of their own", catalog({"suppress": EXPIRED}), "ACG091", guardrails=STRICT),
    Row("a misspelt setting names the nearest", says="acg:protect?", config={"acg:protectt": "false"}),
]


@each(REFUSED)
def test_the_components_refuse(row: Row, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row.write(project, monkeypatch)
    recorded, error = deployed(row.config)
    assert row.says in error, error
    assert recorded.requests == []


def test_the_galleries_of_a_stack_are_a_setting(project: Path) -> None:
    (project / "catalog.yaml").write_text(catalog())
    recorded, error = deployed({"acg:galleries": "corp"})
    assert error == ""
    assert "corp/ubuntu/1.0.0" in recorded.names


SHOWN = [
    Row("a region that the catalog adds", IN_ADDED_REGION, silent="ACG401"),
    Row(
        "guardrails.json beside Pulumi.yaml",
        says="ACG9",
        guardrails={"minimum-replicas": {**TWO_REPLICAS["minimum-replicas"], "enforcementLevel": "advisory"}},
    ),
    Row(
        "suppressions that nobody wants judged",
        catalog({"suppress": EXPIRED}),
        silent="suppress",
        guardrails={"suppressions": "disabled"},
    ),
]


@each(SHOWN)
def test_the_pack_shows(row: Row, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row.write(project, monkeypatch)
    report = str(of_pack())
    assert row.says in report
    assert not row.silent or row.silent not in report, report


def test_a_rule_that_ends_with_an_error_stops_at_every_level(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Row("", guardrails={"all": "advisory"}, own_rule=CRASHING).write(project, monkeypatch)
    with load_pack(POLICIES) as pack:
        report = pack.run(CORP)
    assert [one.message for one in report.mandatory if "small-gallery" in one.message], str(report)


def test_an_exported_stack_knows_the_regions_that_its_catalog_adds(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "catalog.yaml").write_text(IN_ADDED_REGION)
    resources = shown(deployed()[0])
    entries = [
        {
            "urn": one.urn,
            "type": one.type,
            "custom": not one.type.startswith("acg:"),
            "parent": one.parent.urn if one.parent else "",
            "id": one.name,
            "inputs": one.inputs,
            "outputs": one.inputs,
        }
        for one in resources
    ]
    (project / "state.json").write_text(json.dumps({"version": 3, "deployment": {"resources": entries}}))
    run(["check", "--stack-file", "state.json"])
    output = capsys.readouterr().out
    assert "ACG305" in output, output  # the version was judged
    assert "ACG401" not in output, output


@pytest.mark.engine
def test_an_audit_goes_by_the_settings_of_where_it_runs(azure: Embedded, project: Path) -> None:
    """The pack's own folder lies in a project, too: a clone of this one, whose settings are for its example."""
    (project / "guardrails.json").write_text(json.dumps(TWO_REPLICAS))
    entry = {"urn": CORP.urn, "type": CORP.type, "custom": True, "id": "corp", "inputs": CORP.inputs}
    (project / "state.json").write_text(json.dumps({"version": 3, "deployment": {"resources": [entry]}}))
    analyze = ["policy", "analyze", "--file", "state.json", "--policy-pack", str(POLICIES)]
    assert "allowed-regions" not in azure.pulumi(*analyze, cwd=project)


def test_moving_lines_is_no_update(project: Path) -> None:
    (project / "catalog.yaml").write_text(catalog())
    before, _ = deployed()
    (project / "catalog.yaml").write_text("# a comment\n# or two\n" + catalog())
    after, _ = deployed()
    assert [(one.name, one.inputs) for one in shown(before)] == [(one.name, one.inputs) for one in shown(after)]


@pytest.mark.parametrize(("name", "key"), [("corp/ubuntu", "features"), ("corp", "sharingProfile")])
def test_an_edit_replaces_nothing_that_is_published(project: Path, name: str, key: str) -> None:
    """A replacement would delete it, and first what is in it."""
    (project / "catalog.yaml").write_text(
        catalog(
            image={"features": {"DiskControllerTypes": "SCSI,NVMe"}},
            gallery={"sharingProfile": {"permissions": "Groups"}},
        )
    )
    recorded, error = deployed()
    assert error == ""
    assert not [path for path in recorded.of(name).replaceOnChanges if path.startswith(key)]


def test_a_resource_group_of_the_catalog_is_protected(project: Path) -> None:
    """Renaming its key would delete it, and everything in it."""
    (project / "catalog.yaml").write_text(catalog(top={"resourceGroups": {"rg": {"location": "westeurope"}}}))
    recorded, error = deployed()
    assert error == ""
    assert recorded.of("resource-group@rg").protect


def test_a_file_that_is_named_alone_warns_of_shared_parts_that_it_lacks(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "common.yaml").write_text("defaults: {tags: {team: images}}\n")
    (project / "catalog.yaml").write_text(catalog())
    warnings: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", lambda message, *_: warnings.append(message))
    deployed()
    assert [one for one in warnings if "common.yaml is not read, and with it defaults" in one], warnings


def errors_of(program: Callable[[], Any]) -> str:
    """What a program ends with, at once or when its outputs are there."""
    errors: list[str] = []

    def caught() -> None:
        try:
            program()
        except Exception as error:
            errors.append(str(error))

    try:
        run_program(caught)
    except Exception as error:
        errors.append(f"later: {error}")
    return "\n".join(errors)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ({"location": 7}, "location: is the number 7, needs text"),
        ({"soft_delete_polciy": {}}, "did you mean soft_delete_policy"),
    ],
)
def test_wrong_arguments_are_refused_in_the_words_of_the_program(args: dict[str, Any], says: str) -> None:
    given: Any = {"resource_group": "rg", **args}
    errors = errors_of(lambda: Gallery("corp", given))
    assert says in errors


def test_a_wrong_key_of_an_output_is_refused_at_once_with_those_that_there_are(project: Path) -> None:
    """It was the end of a traceback of sixty lines."""
    (project / "catalog.yaml").write_text(catalog())
    errors = errors_of(lambda: declare(read_catalog("catalog.yaml"))["corp"].version_ids["ubuntu/9.9.9"].apply(str))
    assert "'ubuntu/9.9.9'" in errors
    assert "'ubuntu/1.0.0'" in errors
