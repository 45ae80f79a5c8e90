"""What clients ask before they ask Resource Manager: endpoints of the cloud, OpenID metadata, tokens."""

from __future__ import annotations

import base64
import json

import pytest

from acg_sandbox.arm import TENANT
from tests.acg_sandbox.arm.conftest import Arm

HERE = "https://management.test"


@pytest.mark.parametrize("api", ["2019-05-01", "2020-06-01"])
def test_az_and_ansible_read_a_list_of_clouds(arm: Arm, api: str) -> None:
    (cloud,) = arm.client.get("/metadata/endpoints", params={"api-version": api}).json()
    assert (cloud["name"], cloud["resourceManager"]) == ("embedded", f"{HERE}/")


@pytest.mark.parametrize("api", ["2015-01-01", "2022-09-01", "2023-11-01"])
def test_registering_a_cloud_reads_one(arm: Arm, api: str) -> None:
    cloud = arm.client.get("/metadata/endpoints", params={"api-version": api}).json()
    assert cloud["authentication"]["loginEndpoint"] == f"{HERE}/"
    assert cloud["authentication"]["audiences"] == ["https://management.azure.com/"]
    assert cloud["authentication"]["tenant"] == TENANT
    assert "storage" in cloud["suffixes"]


@pytest.mark.parametrize("path", [f"/{TENANT}/v2.0", f"/{TENANT}", "/organizations/v2.0", "/common"])
def test_a_tenant_says_where_its_tokens_are(arm: Arm, path: str) -> None:
    found = arm.client.get(f"{path}/.well-known/openid-configuration").json()
    assert found["token_endpoint"] == f"{HERE}/{TENANT}/oauth2/v2.0/token"
    assert found["issuer"] == f"{HERE}/{TENANT}/v2.0"


@pytest.mark.parametrize("path", ["oauth2/v2.0/token", "oauth2/token"])
def test_whoever_asks_gets_a_token(arm: Arm, path: str) -> None:
    sent = {"grant_type": "client_credentials", "client_id": "any", "client_secret": "any"}
    answer = arm.client.post(f"/{TENANT}/{path}", data=sent).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 86_400)
    part = answer["access_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert (claims["tid"], claims["appid"]) == (TENANT, "any")


def test_this_host_is_its_own_authority(arm: Arm) -> None:
    found = arm.client.get("/common/discovery/instance").json()
    assert found["metadata"][0]["aliases"] == ["management.test"]


def test_there_is_one_tenant(arm: Arm) -> None:
    (tenant,) = arm.get("/tenants", api="2022-12-01")["value"]
    assert tenant["tenantId"] == TENANT
