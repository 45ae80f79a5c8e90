"""``/metadata/endpoints``: where the parts of this cloud are found.

Its form depends on the api-version: a list of clouds from 2019-05-01 to 2020-06-01, which az and Ansible read from the
address in ``ARM_CLOUD_METADATA_URL``; one cloud in 2015-01-01 and from 2022-09-01 on, which ``az cloud register`` and
Terraform read. Source: azure-cli-core 2.91.0, ``cloud.py``.
"""

from __future__ import annotations

from typing import Any

from acg_sandbox.arm.protocol.call import Answer, Call

NAME = "embedded"
AUDIENCE = "https://management.azure.com/"


def endpoints(call: Call) -> Answer:
    """GET ``/metadata/endpoints``."""
    cloud = _cloud(call.host, call.state.settings.tenant)
    listed = "2019-05-01" <= call.query.get("api-version", "") <= "2020-06-01"
    return Answer(200, [cloud] if listed else cloud)


def _cloud(host: str, tenant: str) -> dict[str, Any]:
    nowhere = f"{host}/"  # parts of Azure that are not emulated
    return {
        "name": NAME,
        "portal": nowhere,
        "portalEndpoint": nowhere,
        "authentication": {
            "loginEndpoint": nowhere,
            "audiences": [AUDIENCE],
            "tenant": tenant,
            "identityProvider": "AAD",
        },
        "resourceManager": nowhere,
        "resourceManagerEndpoint": nowhere,
        "graph": nowhere,
        "graphAudience": nowhere,
        "graphEndpoint": nowhere,
        "microsoftGraphResourceId": nowhere,
        "activeDirectoryDataLake": nowhere,
        "appInsightsResourceId": nowhere,
        "appInsightsTelemetryChannelResourceId": nowhere,
        "attestationResourceId": nowhere,
        "batch": nowhere,
        "gallery": nowhere,
        "galleryEndpoint": nowhere,
        "logAnalyticsResourceId": nowhere,
        "media": nowhere,
        "ossrdbmsResourceId": nowhere,
        "sqlManagement": nowhere,
        "synapseAnalyticsResourceId": nowhere,
        "vmImageAliasDoc": nowhere,
        "suffixes": {
            "acrLoginServer": "azurecr.invalid",
            "attestationEndpoint": "attest.invalid",
            "azureDataLakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.invalid",
            "azureDataLakeStoreFileSystem": "azuredatalakestore.invalid",
            "keyVaultDns": "vault.invalid",
            "mariadbServerEndpoint": "mariadb.invalid",
            "mhsmDns": "managedhsm.invalid",
            "mysqlServerEndpoint": "mysql.invalid",
            "postgresqlServerEndpoint": "postgres.invalid",
            "sqlServerHostname": "database.invalid",
            "storage": "core.windows.net",
            "storageSyncEndpointSuffix": "afs.invalid",
            "synapseAnalytics": "azuresynapse.invalid",
        },
    }
