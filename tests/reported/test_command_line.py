"""Faults that `acg` had in what it judges by, and in what it said or did not say."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acg.cli.main import run
from tests.reported.catalogs import MACHINE, OWN_RULE, SUBSCRIPTION, catalog
from tests.reported.commands import PROJECT, TWO_REPLICAS, Row, check, each, guarded, one

NOTHING = {
    "version": 3,
    "deployment": {
        "resources": [{"urn": "urn:pulumi:dev::images::pulumi:pulumi:Stack::images-dev", "type": "pulumi:pulumi:Stack"}]
    },
}
EXPIRED = [{"rule": "ACG103", "reason": "agreed", "until": "2020-01-01"}]
FOR_EVER = [{"rule": "ACG103", "reason": "agreed", "until": "2999-12-31"}]
SHARED = {"common.yaml": "defaults: {tags: {owner: images}}\nresourceGroups: {rg: {location: westeurope}}\n"}

SETTINGS = [
    Row(
        "guardrails.json beside Pulumi.yaml counts without being named",
        {**guarded(minimum_replicas=TWO_REPLICAS), "catalog.yaml": catalog()},
        1,
        ["ACG903", "minimum-replicas"],
    ),
    Row(
        "rules of the team's own come from ACG_RULES",
        {**PROJECT, "catalog.yaml": catalog(), "rules/small_gallery.py": OWN_RULE},
        1,
        ["ACG951"],
        environment={"ACG_RULES": "FOLDER/rules"},
    ),
    Row(
        "suppressions have a level of their own",
        {**guarded(suppressions={"enforcementLevel": "mandatory"}), "catalog.yaml": catalog({"suppress": EXPIRED})},
        1,
        ["ACG091"],
        arguments=["catalog.yaml", "--config", "guardrails.json"],
    ),
    Row(
        "no suppression lasts for ever",
        one(catalog({"suppress": FOR_EVER}, number="1.0")),
        1,
        ["ACG103", "ACG093"],
    ),
    Row(
        "a file that is named alone says what it lacks of its folder",
        {**SHARED, "catalog.yaml": catalog()},
        0,
        ["common.yaml", "defaults and resourceGroups"],
    ),
    Row(
        "an end of life that is past is an error for what is new, as Azure has it",
        {**PROJECT, "catalog.yaml": catalog({"endOfLifeDate": "2020-01-01"}), "state.json": json.dumps(NOTHING)},
        1,
        ["ACG702"],
        command="plan",
        arguments=["catalog.yaml", "--stack-file", "state.json"],
    ),
    Row(
        "rules of the team's own are not run for a file that nobody named",
        {**guarded(own_rules={"folders": ["rules"]}), "catalog.yaml": catalog(), "rules/small_gallery.py": OWN_RULE},
        2,
        ["own-rules"],
        ["ACG951"],
    ),
]

SILENCE = [
    Row("the region of a source outside the catalog is not known", one(catalog()), 0, ["ACG306"]),
    Row("the properties of a source outside the catalog are not known", one(catalog()), 0, ["ACG201"]),
    Row(
        "the generation is chosen by Azure where nobody declares it",
        one(catalog(image={"hyperVGeneration": None})),
        0,
        ["ACG201", "V1 is chosen"],
    ),
    Row(
        "the purchase plan, controllers and disks of a machine outside the catalog are not known",
        one(catalog({"source": {"virtualMachine": MACHINE}})),
        0,
        ["ACG202", "ACG205", "ACG503"],
    ),
    Row(
        "the subscription of a source that nobody names",
        {
            **guarded(allowed_sources={"enforcementLevel": "mandatory", "subscriptions": [SUBSCRIPTION]}),
            "catalog.yaml": catalog(
                {"source": {"version": "web/ubuntu/1.0.0"}}, gallery={"subscription": SUBSCRIPTION}
            ),
            "web.yaml": catalog().replace('"corp"', '"web"'),
        },
        0,
        ["the subscription of a source is not known"],
        arguments=["catalog.yaml", "web.yaml", "--config", "guardrails.json"],
    ),
    Row(
        "the data disks of a machine outside the catalog are not known",
        one(catalog({"source": {"virtualMachine": MACHINE}, "osDisk": None})),
        0,
        ["ACG501"],
    ),
    Row(
        "the region of a gallery that exists",
        one(
            catalog(
                {"publishedBy": "external"},
                {"existing": True},
                {"existing": True, "location": "westeurop"},
            )
        ),
        1,
        ["ACG401", "westeurop"],
    ),
    Row(
        "the number of a version that somebody else publishes",
        one(catalog({"publishedBy": "external"}, {"existing": True}, {"existing": True}, number="1.0")),
        1,
        ["ACG103"],
    ),
    Row(
        "files of a folder that are not read are named",
        {"catalog/corp.yaml": catalog(), "catalog/notes.txt": "x"},
        0,
        ["catalog/notes.txt"],
        arguments=["catalog"],
    ),
    Row(
        "resources of another provider are not counted as checked",
        {
            "state.json": json.dumps(
                {
                    "version": 3,
                    "deployment": {
                        "resources": [
                            {
                                "urn": "urn:pulumi:dev::web::aws:s3/bucket:Bucket::logs",
                                "type": "aws:s3/bucket:Bucket",
                                "custom": True,
                                "id": "logs",
                                "inputs": {},
                                "outputs": {},
                            }
                        ]
                    },
                }
            )
        },
        0,
        ["0 resources checked"],
        arguments=["--stack-file", "state.json"],
    ),
]

FALSE_REFUSALS = [
    Row(
        "a machine is captured into a definition that supports confidential machines",
        one(
            catalog(
                {"source": {"virtualMachine": MACHINE}, "osDisk": {}},
                {"securityType": "ConfidentialVmSupported"},
            )
        ),
        0,
        ["ACG252"],
        ["error"],
    ),
    Row(
        "features of API 2025-12-03",
        one(catalog(image={"features": {"VirtualizationType": "Direct"}})),
        0,
        silent=["ACG255"],
    ),
]

SHOWN = [
    Row(
        "other tools find a rule by its code",
        one(catalog(number="1.0")),
        1,
        ['"ruleId": "ACG103"'],
        arguments=["catalog.yaml", "--format", "sarif"],
    ),
]

DISAGREEMENT = [
    Row(
        "what is blocked where no end of life is given",
        one(catalog({"safetyProfile": {"blockDeletionBeforeEndOfLife": True}, "endOfLifeDate": None})),
        0,
        ["sources do not agree what Azure blocks then"],
    ),
]


@each([*SETTINGS, *SILENCE, *FALSE_REFUSALS, *SHOWN, *DISAGREEMENT])
def test_the_command(row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    check(row, tmp_path, monkeypatch, capsys)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """A place where the day is another than in UTC, and whether it is a later one there."""
    is_later = datetime.now(UTC).hour >= 12
    monkeypatch.setenv("TZ", "there-14" if is_later else "there+12")
    time.tzset()
    yield is_later
    monkeypatch.delenv("TZ")
    time.tzset()


def test_a_suppression_ends_with_the_day_in_utc(elsewhere: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    day = datetime.now(UTC).date() - timedelta(days=0 if elsewhere else 1)
    entry = {"rule": "ACG103", "reason": "agreed", "until": str(day)}
    (tmp_path / "catalog.yaml").write_text(catalog({"suppress": [entry]}, number="1.0"))

    code = run(["check", str(tmp_path / "catalog.yaml")])

    assert code == (0 if elsewhere else 1), capsys.readouterr().out
