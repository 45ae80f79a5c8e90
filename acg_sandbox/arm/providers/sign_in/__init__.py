"""What clients ask before they ask Resource Manager: the endpoints of the cloud, the tenant's OpenID metadata, a token.

Any credential is taken and any token is enough: nothing here protects more than an emulated state on this machine.
"""

from acg_sandbox.arm.protocol.provider import ResourceProvider, Route
from acg_sandbox.arm.providers.sign_in.metadata import endpoints
from acg_sandbox.arm.providers.sign_in.tokens import discovery, openid_configuration, signing_keys, token

_TENANT = r"[\w.-]+"

PROVIDER = ResourceProvider(
    routes=(
        Route("/metadata/endpoints", endpoints, bare=True),
        Route(f"/{_TENANT}(/v2\\.0)?/\\.well-known/openid-configuration", openid_configuration, bare=True),
        Route("/common/discovery/instance", discovery, bare=True),
        Route(f"/{_TENANT}/oauth2(/v2\\.0)?/token", token, frozenset({"POST"}), bare=True),
        Route(f"/{_TENANT}/discovery(/v2\\.0)?/keys", signing_keys, bare=True),
    ),
)
