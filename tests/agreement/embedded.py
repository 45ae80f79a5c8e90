"""Deployment without an engine: desired resources become requests to an embedded Azure in this process."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from starlette.requests import Request

from acg.desired.resource import Derived, Resource
from acg_sandbox.arm import PLATFORM, Settings, create_app
from acg_sandbox.arm.app import handle
from acg_sandbox.arm.providers import REFUSALS
from acg_sandbox.arm.state.settings import DEFAULT_SEED
from acg_sandbox.provider.paths import resource_id
from acg_sandbox.provider.shape import request_body
from acg_sandbox.provider.tables import resource_type
from tests.agreement.sources import seeded

NOW = 1_780_000_000.0
"""The embedded Azure's clock: 2026-05-28T20:26:40Z."""

_WORD = re.compile(r"\\\{\w+\\\}")
_TEXTS = {key: re.compile(_WORD.sub(".*", re.escape(one.message)), re.DOTALL) for key, one in REFUSALS.items()}


@dataclass(frozen=True)
class Refused:
    """Why Azure did not take a resource: the error's name in the embedded Azure's table, and its text."""

    key: str
    text: str


class Blocked:
    """The resource was not sent, because something that it needs was refused."""


class EmbeddedAzure:
    """An embedded Azure that can forget all that was deployed."""

    def __init__(self, folder: Path, resources: Sequence[Mapping[str, Any]] | None = None) -> None:
        """One with these resources alone, or with the usual sources and those of the scenes."""
        seed = folder / "seed.yaml"
        if resources is None:
            more = yaml.safe_dump([*seeded()], sort_keys=False)
            seed.write_text(f"{DEFAULT_SEED.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")
        else:
            seed.write_text(json.dumps(resources), encoding="utf-8")
        self._azure = create_app(None, Settings(seed=seed, clock=lambda: NOW)).azure
        self._fresh = sqlite3.connect(":memory:")
        self._azure.state.store.db.backup(self._fresh)

    def reset(self) -> None:
        """Back to what was seeded."""
        self._fresh.backup(self._azure.state.store.db)

    def close(self) -> None:
        self._fresh.close()
        self._azure.state.store.close()

    def deploy(self, resources: Sequence[Resource]) -> dict[str, Refused | Blocked | None]:
        """Send the resources in their order, as an engine would; the outcome of each by its name, None for success."""
        self.reset()
        ids: dict[str, str] = {}
        outcomes: dict[str, Refused | Blocked | None] = {}
        for resource in resources:
            needed = {*resource.depends_on, *([resource.parent] if resource.parent else [])}
            needed |= {one.resource for one in _derived(resource.inputs)}
            if any(outcomes.get(name) is not None for name in needed):
                outcomes[resource.name] = Blocked()
                continue
            outcomes[resource.name] = self._put(resource, ids) if resource.managed else self._find(resource, ids)
        return outcomes

    def get(self, path: str, api_version: str) -> Any:
        """What a GET answers."""
        status, answer, _ = self._ask("GET", path, f"api-version={api_version}")
        assert status == 200, answer
        return answer

    def _find(self, resource: Resource, ids: dict[str, str]) -> None:
        """Existing resources are never sent, only referred to."""
        kind = resource_type(resource.type)
        ids[resource.name] = resource_id(kind, resource.inputs, _subscription(resource))

    def _put(self, resource: Resource, ids: dict[str, str]) -> Refused | None:
        kind = resource_type(resource.type)
        inputs = _resolved(resource.inputs, ids)
        path = resource_id(kind, inputs, _subscription(resource))
        ids[resource.name] = path
        api = f"api-version={kind.api_version}"
        status, answer, headers = self._ask("PUT", path, api, request_body(kind.body, inputs))
        if status not in (200, 201, 202):
            return _refused(answer["error"])
        operation = headers.get("azure-asyncoperation")
        if operation is None:
            return None
        where, _, query = operation.partition("?")
        status, answer, _ = self._ask("GET", re.sub("^https?://[^/]*", "", where), query)
        assert status == 200, answer
        return None if answer["status"] == "Succeeded" else _refused(answer["error"])

    def _ask(self, method: str, path: str, query: str, body: Any = None) -> tuple[int, Any, Mapping[str, str]]:
        scope = {
            "type": "http",
            "method": method,
            "path": unquote(path),
            "query_string": query.encode(),
            "headers": [(b"content-type", b"application/json")],
            "scheme": "https",
            "server": ("management.test", 443),
        }
        content = b"" if body is None else json.dumps(body).encode()
        answer = handle(self._azure, Request(scope), content)
        return answer.status_code, json.loads(bytes(answer.body) or b"{}"), answer.headers


def _subscription(resource: Resource) -> str:
    return resource.subscription if isinstance(resource.subscription, str) else PLATFORM


def _derived(value: Any) -> list[Derived]:
    if isinstance(value, Derived):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [found for one in inside for found in _derived(one)]


def _resolved(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, Derived):
        return value.text(ids[value.resource])
    if isinstance(value, dict):
        return {key: _resolved(one, ids) for key, one in value.items()}
    return [_resolved(one, ids) for one in value] if isinstance(value, list) else value


def _refused(error: Mapping[str, Any]) -> Refused:
    code, text = error["code"], error["message"]
    key = next((key for key, one in _TEXTS.items() if REFUSALS[key].code == code and one.fullmatch(text)), None)
    assert key is not None, f"the embedded Azure failed: {code}: {text}"
    return Refused(key, text)
