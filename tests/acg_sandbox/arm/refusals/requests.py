"""Bodies, media types and query options that are not taken, and what is not emulated at all."""

from tests.acg_sandbox.arm.conftest import COMPUTE, GROUP, IMAGE, SUBSCRIPTION, Arm
from tests.acg_sandbox.arm.refusals import Refused, refusal


@refusal("content-invalid")
def no_json(arm: Arm) -> Refused:
    arm.gallery()
    return sent(arm, "{")


@refusal("content-invalid")
def not_a_number(arm: Arm) -> Refused:
    arm.gallery()
    return sent(arm, '{"location": "westeurope", "tags": {"n": NaN}}')


@refusal("content-invalid")
def half_a_character(arm: Arm) -> Refused:
    arm.gallery()
    return sent(arm, '{"location": "westeurope", "tags": {"n": "\\ud800"}}')


def sent(arm: Arm, content: str, kind: str | None = "application/json") -> Refused:
    """The refusal of a body as it stands."""
    headers = {} if kind is None else {"Content-Type": kind}
    answer = arm.client.put(IMAGE, params={"api-version": "2024-03-03"}, content=content, headers=headers)
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["message"]


@refusal("media-type")
def no_media_type(arm: Arm) -> Refused:
    arm.gallery()
    return sent(arm, "{}", None)


@refusal("media-type")
def plain_text(arm: Arm) -> Refused:
    arm.gallery()
    return sent(arm, "{}", "text/plain; charset=utf-8")


@refusal("option-unknown")
def list_of_galleries_filtered(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("GET", f"{COMPUTE}/galleries", **{"$filter": "name eq 'corp'"})


@refusal("option-unknown")
def list_of_versions_cut_short(arm: Arm) -> Refused:
    arm.published()
    return arm.refused("GET", f"{IMAGE}/versions", **{"$top": "1"})


@refusal("option-unknown")
def resources_in_an_order(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("GET", f"{GROUP}/resources", **{"$orderby": "name"})


@refusal("filter-invalid")
def resources_by_an_unknown_property(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("GET", f"{GROUP}/resources", **{"$filter": "color eq 'red'"})


@refusal("top-invalid")
def no_resources_at_all(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("GET", f"{GROUP}/resources", **{"$top": "0"})


@refusal("deployments-not-emulated")
def template(arm: Arm) -> Refused:
    arm.gallery()
    path = f"{GROUP}/providers/Microsoft.Resources/deployments/d"
    return arm.refused("PUT", path, {"properties": {"mode": "Incremental", "template": {}}})


@refusal("deployments-not-emulated")
def template_that_is_only_tried(arm: Arm) -> Refused:
    path = f"{SUBSCRIPTION}/providers/Microsoft.Resources/deployments/d/whatIf"
    return arm.refused("POST", path, {"properties": {"mode": "Incremental", "template": {}}})


@refusal("namespace-unknown")
def network(arm: Arm) -> Refused:
    arm.gallery()
    return arm.refused("PUT", f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v", {"location": "westeurope"})


@refusal("query-invalid")
def query_that_is_not_emulated(arm: Arm) -> Refused:
    path = "/providers/Microsoft.ResourceGraph/resources"
    return arm.refused("POST", path, {"query": "Resources | take 1"}, api="2022-10-01")


@refusal("management-group-not-found")
def management_group_that_is_not_there(arm: Arm) -> Refused:
    return arm.refused("GET", "/providers/Microsoft.Management/managementGroups/none/descendants", api="2020-05-01")
