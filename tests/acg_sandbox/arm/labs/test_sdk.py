"""azure-mgmt-labservices 2.0.0, unchanged, with its ordinary pollers over HTTPS: a semester of a lab plan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.labservices import ManagedLabsClient, models

from acg_sandbox.arm import PLATFORM, Settings
from acg_sandbox.arm.server import Server

GROUP = f"/subscriptions/{PLATFORM}/resourceGroups/rg-labs/providers"
GALLERY = f"{GROUP}/Microsoft.Compute/galleries/teaching"
STATISTICS = f"{GALLERY}/images/statistics"
PLAN = f"{GROUP}/Microsoft.LabServices/labPlans/computing"
TRAITS = "{osType: Linux, osState: Specialized, hyperVGeneration: V2, identifier: {publisher: u, offer: l, sku: s}}"
SEED = f"""
- {{id: {GALLERY}, location: westeurope}}
- {{id: {STATISTICS}, location: westeurope, properties: {TRAITS}}}
- id: {STATISTICS}/versions/1.2.0
  location: westeurope
  properties:
    publishingProfile: {{targetRegions: [{{name: West Europe, regionalReplicaCount: 1}}]}}
    storageProfile: {{osDiskImage: {{sizeInGB: 64}}}}
"""


class Credential:
    """A credential like any other; the embedded Azure takes every token."""

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return AccessToken("token", int(time.time()) + 3600)


@pytest.fixture(scope="module")
def labs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ManagedLabsClient]:
    state: Path = tmp_path_factory.mktemp("state")
    seed = state / "seed.yaml"
    seed.write_text(SEED)
    with (
        # a five-thousandth of the recorded pace: long enough that pollers meet operations that run
        Server(state, Settings(seed=seed, pace=0.0002)) as server,
        ManagedLabsClient(
            Credential(),
            PLATFORM,
            base_url=server.https,
            connection_verify=str(server.ca),
            polling_interval=0.02,
        ) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def plan(labs: Any) -> models.LabPlan:
    body = models.LabPlan(
        location="westeurope",
        allowed_regions=["westeurope"],
        shared_gallery_id=GALLERY,
        support_info=models.SupportInfo(url="https://help.contoso.com"),
    )
    return labs.lab_plans.begin_create_or_update("rg-labs", "computing", body).result()


@pytest.fixture(scope="module")
def lab(labs: Any, plan: Any) -> models.Lab:
    body = models.Lab(
        location="westeurope",
        lab_plan_id=plan.id,
        auto_shutdown_profile=models.AutoShutdownProfile(shutdown_on_disconnect="Disabled"),
        connection_profile=models.ConnectionProfile(client_ssh_access="Public"),
        security_profile=models.SecurityProfile(open_access="Disabled"),
        virtual_machine_profile=models.VirtualMachineProfile(
            create_option="TemplateVM",
            image_reference=models.ImageReference(id=STATISTICS),
            sku=models.Sku(name="Classic_Fsv2_2_4GB_128_S_SSD", capacity=2),
            usage_quota=timedelta(0),
            admin_user=models.Credentials(username="teacher", password="canary-password"),  # noqa: S106 - nobody's
        ),
    )
    return labs.labs.begin_create_or_update("rg-labs", "stats-101", body).result()


def save(labs: Any, lab: Any, name: str) -> None:
    [machine] = labs.virtual_machines.list_by_lab("rg-labs", "stats-101")
    assert machine.vm_type == "Template"
    body = models.SaveImageBody(name=name, lab_virtual_machine_id=machine.id)
    labs.lab_plans.begin_save_image("rg-labs", "computing", body).result()


def test_a_plan_is_created_and_read_with_its_gallery(labs: Any, plan: Any) -> None:
    assert (plan.provisioning_state, plan.shared_gallery_id) == ("Succeeded", GALLERY)
    assert plan.support_info.url == "https://help.contoso.com/"
    assert [one.name for one in labs.lab_plans.list_by_subscription()] == ["computing"]
    assert [one.name for one in labs.lab_plans.list_by_resource_group("rg-labs")] == ["computing"]


def test_a_plan_is_patched(labs: Any, plan: Any) -> None:
    changed = models.LabPlanUpdate(support_info=models.SupportInfo(phone="+49 1"))
    labs.lab_plans.begin_update("rg-labs", "computing", changed).result()
    support = labs.lab_plans.get("rg-labs", "computing").support_info
    assert (support.phone, support.url) == ("+49 1", "https://help.contoso.com/")


def test_an_image_is_enabled(labs: Any, plan: Any) -> None:
    before = labs.images.get("rg-labs", "computing", "statistics")
    assert (before.enabled_state, before.shared_gallery_id, before.os_state) == (None, STATISTICS, "Specialized")
    labs.images.update("rg-labs", "computing", "statistics", models.ImageUpdate(enabled_state="Enabled"))
    [image] = [one for one in labs.images.list_by_lab_plan("rg-labs", "computing") if one.shared_gallery_id]
    assert (image.name, image.enabled_state) == ("statistics", "Enabled")


def test_a_lab_takes_the_highest_version(lab: Any) -> None:
    reference = lab.virtual_machine_profile.image_reference
    assert (reference.id, reference.exact_version) == (STATISTICS, "1.2.0")


def test_a_template_is_saved_as_an_image_and_as_a_version(labs: Any, lab: Any) -> None:
    save(labs, lab, "term-end")
    save(labs, lab, "statistics")
    listed = {one.name for one in labs.images.list_by_lab_plan("rg-labs", "computing") if one.shared_gallery_id}
    assert listed == {"statistics", "term-end"}


def test_refusals_arrive_as_the_clients_own_exceptions(labs: Any, lab: Any) -> None:
    with pytest.raises(ResourceNotFoundError, match="cannot be found or does not exist"):
        labs.images.get("rg-labs", "computing", "none")
    with pytest.raises(HttpResponseError, match="not a valid name") as refused:
        save(labs, lab, "Test Image")
    assert refused.value.status_code == 400


def test_labs_outlive_their_plan_and_are_deleted_by_themselves(labs: Any, plan: Any) -> None:
    other = models.LabPlan(location="westeurope", shared_gallery_id=GALLERY)
    labs.lab_plans.begin_create_or_update("rg-labs", "short-lived", other).result()
    labs.lab_plans.begin_delete("rg-labs", "short-lived").result()
    with pytest.raises(ResourceNotFoundError):
        labs.lab_plans.get("rg-labs", "short-lived")
    assert [one.name for one in labs.labs.list_by_subscription()] == ["stats-101"]
    labs.labs.begin_delete("rg-labs", "stats-101").result()
    assert list(labs.labs.list_by_resource_group("rg-labs")) == []
