"""OpenID metadata and tokens of a tenant: whoever asks gets one."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any
from urllib.parse import parse_qs

from acg_sandbox.arm.protocol.call import Answer, Call
from acg_sandbox.arm.providers.sign_in.metadata import AUDIENCE

_LIFE = 86_400  # seconds


def _tenant(call: Call) -> str:
    """The tenant that a path is about; the words for any tenant mean this one."""
    named = call.address.path.strip("/").split("/")[0]
    return call.state.settings.tenant if named in {"common", "organizations", "consumers"} else named


def openid_configuration(call: Call) -> Answer:
    """GET ``/{tenant}[/v2.0]/.well-known/openid-configuration``."""
    base = f"{call.host}/{_tenant(call)}"
    return Answer(
        200,
        {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "response_types_supported": ["code", "id_token", "token"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["none"],
            "tenant_region_scope": None,
        },
    )


def discovery(call: Call) -> Answer:
    """GET ``/common/discovery/instance``: this host is its own authority."""
    tenant = call.state.settings.tenant
    host = call.host.partition("://")[2]
    document = f"{call.host}/{tenant}/v2.0/.well-known/openid-configuration"
    names = {"preferred_network": host, "preferred_cache": host, "aliases": [host]}
    return Answer(200, {"tenant_discovery_endpoint": document, "api-version": "1.1", "metadata": [names]})


def signing_keys(call: Call) -> Answer:
    """GET ``/{tenant}/discovery/v2.0/keys``: tokens are not signed."""
    return Answer(200, {"keys": []})


def token(call: Call) -> Answer:
    """POST ``/{tenant}/oauth2[/v2.0]/token``: an unsigned token for whoever asks."""
    asked = {key: values[0] for key, values in parse_qs(call.raw.decode("utf-8", "replace")).items()}
    tenant, now = _tenant(call), int(call.now)
    client = asked.get("client_id", "")
    person = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{tenant}/{client}/{asked.get('username', '')}"))
    claims = {
        "aud": asked.get("resource") or AUDIENCE,
        "iss": f"{call.host}/{tenant}/v2.0",
        "iat": now,
        "nbf": now,
        "exp": now + _LIFE,
        "appid": client,
        "oid": person,
        "sub": person,
        "tid": tenant,
        "ver": "1.0",
    }
    answer: dict[str, Any] = {
        "token_type": "Bearer",
        "expires_in": _LIFE,
        "ext_expires_in": _LIFE,
        "expires_on": str(now + _LIFE),
        "not_before": str(now),
        "resource": claims["aud"],
        "access_token": _unsigned(claims),
    }
    return Answer(200, answer)


def _unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
    return ".".join([*encoded, "c2ln"])  # clients that split a token expect three parts
