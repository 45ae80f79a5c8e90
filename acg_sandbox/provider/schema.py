"""The package schema of what the stand-in serves, for programs that are bound to one: Pulumi YAML asks for it."""

import json
from collections.abc import Mapping
from typing import Any

from . import tables
from .tables import PACKAGE

_CONFIG = (
    *("auxiliaryTenantIds", "clientCertificatePassword", "clientCertificatePath", "clientId", "clientSecret"),
    *("disableInstanceDiscovery", "disablePulumiPartnerId", "environment", "location", "metadataHost", "msiEndpoint"),
    *("oidcRequestToken", "oidcRequestUrl", "oidcToken", "oidcTokenFilePath", "partnerId", "subscriptionId"),
    *("tenantId", "useDefaultAzureCredential", "useMsi", "useOidc"),
)
"""azure-native's provider settings; the stand-in uses two of them."""
_LISTS = ("auxiliaryTenantIds",)
_SWITCHES = ("disableInstanceDiscovery", "disablePulumiPartnerId", "useDefaultAzureCredential", "useMsi", "useOidc")
_TEXT = {"type": "string"}


def package_schema() -> str:
    """Pulumi's package schema, in JSON, with the resource types of the stand-in, their functions and their types."""
    types: dict[str, Any] = {}
    resources, functions = {}, {}
    for token in tables.tokens():
        builder = _Builder(types, raw := tables.raw(token))
        outputs = builder.outputs()
        resources[token] = {
            "properties": outputs,
            "required": list(outputs),
            **builder.inputs("inputProperties", "requiredInputs"),
        }
        module, _, name = token.rpartition(":")
        functions[f"{module}:get{name}"] = {
            "inputs": _object(dict.fromkeys(raw["parameters"], _TEXT), raw["parameters"]),
            "outputs": _object({"id": _TEXT, **outputs}, outputs),
        }
    asker = ("clientId", "objectId", "subscriptionId", "tenantId")
    functions[f"{PACKAGE}:authorization:getClientConfig"] = {"outputs": _object(dict.fromkeys(asker, _TEXT), asker)}
    settings = {name: _setting(name) for name in _CONFIG}
    return json.dumps(
        {
            "name": PACKAGE,
            "version": tables.version(),
            "meta": {"moduleFormat": "(.*)"},
            "config": {"variables": settings},
            "provider": {"inputProperties": settings},
            "types": types,
            "resources": resources,
            "functions": functions,
        }
    )


class _Builder:
    """Collects the types that one resource names; all resources share those with the same token."""

    def __init__(self, types: dict[str, Any], raw: Mapping[str, Any]) -> None:
        self._types = types
        self._raw = raw

    def inputs(self, properties: str, required: str) -> dict[str, Any]:
        """The parameters of the resource's path and what lies in its body, under these two keys."""
        given = {**dict.fromkeys(self._raw["parameters"], _TEXT), **self._properties(self._raw["body"], "inputTypes")}
        demanded = {**self._raw["parameters"], **self._raw["body"]}
        return {properties: given, required: [name for name in given if demanded[name].get("required")]}

    def outputs(self) -> dict[str, Any]:
        """What Azure answers, and the API version that azure-native adds."""
        return {**self._properties(self._raw["response"], "outputTypes"), "azureApiVersion": _TEXT}

    def _properties(self, raw: Mapping[str, Any], table: str) -> dict[str, Any]:
        default = self._raw["apiVersion"]
        return {name: self._type(it, table) for name, it in raw.items() if it.get("since", "") <= default}

    def _type(self, raw: Mapping[str, Any], table: str) -> dict[str, Any]:
        match raw["type"]:
            case "stringSet":
                return {"type": "array", "items": _TEXT}
            case "array":
                return {"type": "array", "items": self._type(raw["items"], table)}
            case "object" if "ref" in raw:
                return {"type": "object", "$ref": f"#/types/{self._named(raw['ref'], table)}"}
            case "object":
                return {"type": "object", "additionalProperties": self._type(raw["values"], table)}
            case "any":
                return {"$ref": "pulumi.json#/Any"}
            case scalar:
                return {"type": scalar}

    def _named(self, name: str, table: str) -> str:
        token = f"{PACKAGE}:{name}{'Response' if table == 'outputTypes' else ''}"
        if token not in self._types:
            self._types[token] = {}  # before its members: types may refer to themselves
            raw = tables.raw_type(table, name)
            properties = self._properties(raw, table)
            self._types[token] = _object(properties, [name for name in properties if raw[name].get("required")])
        return token


def _object(properties: Mapping[str, Any], required: Any) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(required)}


def _setting(name: str) -> dict[str, Any]:
    if name in _LISTS:
        return {"type": "array", "items": _TEXT}
    return {"type": "boolean"} if name in _SWITCHES else _TEXT
