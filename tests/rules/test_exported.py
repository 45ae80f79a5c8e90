"""An exported stack as resources: what it tells, and what it keeps to itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from acg.azure.regions import Region
from acg.catalog.placeholder import Placeholder
from acg.desired.resource import Place, Suppressed
from acg.rules.examples import SUBSCRIPTION, resource_id
from acg.state.exported import read_stack_file, resources_of

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270"}
TYPE = "azure-native:compute:GalleryImageVersion"
COMPONENT = "urn:pulumi:dev::images::acg:index:Gallery::corp"


def entry(name: str = "corp/ubuntu/1.0.0", **change: Any) -> dict[str, Any]:
    return {"urn": f"urn:pulumi:dev::images::{TYPE}::{name}", "type": TYPE, "custom": True, **change}


def component(**inputs: Any) -> dict[str, Any]:
    return {"urn": COMPONENT, "type": "acg:index:Gallery", "custom": False, "inputs": inputs}


def test_the_urn_is_the_name_and_the_id_tells_the_subscription():
    [found] = resources_of(
        [entry(id=resource_id("galleries", "corp/images/ubuntu/versions/1.0.0"), dependencies=["x"])]
    )
    assert found.name == entry()["urn"]
    assert found.subscription == SUBSCRIPTION
    assert found.depends_on == ("x",)
    assert found.managed


@pytest.mark.parametrize("change", [{"delete": True}, {"custom": False}])
def test_what_is_no_resource_is_left_out(change: dict[str, Any]):
    assert resources_of([entry(**change)]) == []


def test_what_pulumi_only_reads_is_known_but_not_judged():
    [found] = resources_of([entry(external=True)])
    assert not found.managed


@pytest.mark.parametrize(
    "value", [{**SECRET, "ciphertext": "v1:x"}, {**SECRET, "plaintext": '"hush"'}, {SIGNATURE: "x"}]
)
def test_secrets_are_not_looked_at(value: dict[str, str]):
    [found] = resources_of([entry(inputs={"location": value, "tags": {"a": [value]}})])
    assert isinstance(found.inputs["location"], Placeholder)
    assert isinstance(found.inputs["tags"]["a"][0], Placeholder)
    assert "hush" not in json.dumps(found.inputs, default=str)


def test_what_will_be_known_later_is_a_placeholder():
    [found] = resources_of([entry(inputs={"location": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"})])
    assert isinstance(found.inputs["location"], Placeholder)


def test_sizes_that_azure_told_stand_beside_the_inputs():
    inputs = {"storageProfile": {"source": {"id": "x"}, "dataDiskImages": [{"lun": 1, "hostCaching": "None"}]}}
    told = {"osDiskImage": {"sizeInGB": 30}, "dataDiskImages": [{"lun": 0, "sizeInGB": 5}, {"lun": 1, "sizeInGB": 9}]}
    [found] = resources_of([entry(inputs=inputs, outputs={"storageProfile": told})])
    assert found.inputs["storageProfile"] == {
        "source": {"id": "x"},
        "osDiskImage": {"sizeInGB": 30},
        "dataDiskImages": [{"lun": 1, "hostCaching": "None", "sizeInGB": 9}, {"lun": 0, "sizeInGB": 5}],
    }


def test_components_tell_of_what_is_beneath_them():
    name = "ubuntu/1.0.0"
    told = component(
        declaredIn={".": "corp.yaml"},
        expectedSizeGB={name: {"os": 30.0, "0": 512.0}},
        suppress={name: [{"rule": "ACG402", "reason": "a trial", "until": "2027-06-30"}]},
    )
    below, beside = resources_of([told, entry(parent=COMPONENT), entry("other")])
    assert below.source == Place("corp.yaml", None, None, "")
    assert below.expected_sizes == {None: 30, 0: 512}
    assert below.suppressed == (Suppressed("ACG402", "a trial", "2027-06-30"),)
    assert (beside.source, beside.expected_sizes, beside.suppressed) == (None, {}, ())


@pytest.mark.parametrize("inputs", [{"expectedSizeGB": 5}, {"suppress": {"ubuntu/1.0.0": [{}]}}])
def test_somebody_elses_component_is_no_matter(inputs: dict[str, Any]):
    [found] = resources_of([component(**inputs), entry(parent=COMPONENT)])
    assert found.expected_sizes == {}


def test_regions_that_a_catalog_adds_are_in_the_state(tmp_path: Path):
    added = {"displayName": "West Europa", "geography": "Europe", "pair": None, "zones": 3.0}
    file = tmp_path / "state.json"
    file.write_text(json.dumps({"deployment": {"resources": [component(regions={"westeuropa": added})]}}))
    assert read_stack_file(file).regions == (Region("westeuropa", "West Europa", "Europe", None, 3),)
