"""One explicit provider for each subscription other than the provider's own."""

from typing import Any, Final

import pulumi

from acg.catalog.placeholder import Placeholder
from pulumi_acg._version import AZURE_NATIVE

_LOGIN: Final = (
    "auxiliaryTenantIds",
    "clientCertificatePath",
    "clientId",
    "disableInstanceDiscovery",
    "disablePulumiPartnerId",
    "environment",
    "metadataHost",
    "msiEndpoint",
    "oidcRequestUrl",
    "oidcTokenFilePath",
    "partnerId",
    "tenantId",
    "useDefaultAzureCredential",
    "useMsi",
    "useOidc",
)
_SECRET: Final = ("clientCertificatePassword", "clientSecret", "oidcRequestToken", "oidcToken")
"""How azure-native logs in, as the stack's configuration says it: an explicit provider does not read that itself."""


class Providers:
    """Makes the providers, each once."""

    def __init__(self, parent: pulumi.Resource | None, prefix: str) -> None:
        self._parent = parent
        self._prefix = prefix
        self._made: dict[str | Placeholder, pulumi.ProviderResource] = {}

    def of(self, subscription: str | Placeholder | None, given: Any) -> pulumi.ProviderResource | None:
        """The provider of a subscription, ``given`` as text or as an Output; None is the one that Pulumi finds."""
        if subscription is None:
            return None
        key = subscription.lower() if isinstance(subscription, str) else subscription
        if key not in self._made:
            name = f"{self._prefix}subscription-{key if isinstance(key, str) else key.key}"
            options = pulumi.ResourceOptions(parent=self._parent, version=AZURE_NATIVE)
            props = {"subscriptionId": given, **_login()}
            self._made[key] = pulumi.ProviderResource("azure-native", name, props, options)
        return self._made[key]


def _login() -> dict[str, Any]:
    config = pulumi.Config("azure-native")
    found = {key: config.get(key) for key in _LOGIN} | {key: config.get_secret(key) for key in _SECRET}
    return {key: value for key, value in found.items() if value is not None}
