"""An embedded Azure that is changed from one state to another, in the order in which Pulumi works."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from acg.azure import kinds
from acg.desired.resource import Resource
from acg_sandbox.arm import PLATFORM
from acg_sandbox.provider.paths import resource_id
from acg_sandbox.provider.shape import request_body
from acg_sandbox.provider.tables import resource_type
from tests.agreement.embedded import EmbeddedAzure, Refused, _refused, _resolved, _subscription
from tests.agreement.sources import GROUP, compute_id

Json = dict[str, Any]


class ChangingAzure(EmbeddedAzure):
    """Takes requests past any engine, straight through Resource Manager."""

    def __init__(self, folder: Any) -> None:
        super().__init__(folder)
        self.ids: dict[str, str] = {}

    def begin(self, resources: Sequence[Resource]) -> dict[str, Refused]:
        """Deploy everything, what others publish included; what was refused."""
        self.reset()
        self.ids = {}
        return {one.name: refused for one in resources if (refused := self.put(one)) is not None}

    def put(self, resource: Resource) -> Refused | None:
        """Create or update a resource; why it was refused, if it was."""
        if not resource.managed and resource.type != kinds.VERSION:
            self.refer(resource)
            return None
        kind = resource_type(resource.type)
        inputs = _resolved(resource.inputs, self.ids)
        path = resource_id(kind, inputs, _subscription(resource))
        self.ids[resource.name] = path
        query = f"api-version={kind.api_version}"
        return self._done(*self._ask("PUT", path, query, request_body(kind.body, inputs)))

    def refer(self, resource: Resource) -> None:
        """Know a resource's id without sending it."""
        self.ids[resource.name] = self.path(resource)

    def delete(self, resource: Resource) -> Refused | None:
        """Delete a resource; why it was refused, if it was."""
        kind = resource_type(resource.type)
        path = self.path(resource)
        return self._done(*self._ask("DELETE", path, f"api-version={kind.api_version}"))

    def body(self, resource: Resource) -> Json:
        """What a GET of a resource answers."""
        kind = resource_type(resource.type)
        status, answer, _ = self._ask("GET", self.path(resource), f"api-version={kind.api_version}")
        assert status == 200, answer
        return answer

    def exists(self, path: str, resource: Resource) -> bool:
        """Whether a GET of a resource's path finds it."""
        kind = resource_type(resource.type)
        return self._ask("GET", path, f"api-version={kind.api_version}")[0] == 200

    def path(self, resource: Resource) -> str:
        kind = resource_type(resource.type)
        return resource_id(kind, _resolved(resource.inputs, self.ids), _subscription(resource))

    def boots(self, image: Resource, region: str) -> str | None:
        """The version that a new machine of a region gets from an image definition; None if it gets none."""
        definition = self.body(image)["properties"]
        properties: Json = {"storageProfile": {"imageReference": {"id": self.path(image)}}}
        if definition["osState"] == "Generalized":
            properties["osProfile"] = {"computerName": "probe", "adminUsername": "azureuser"}
        body = {"location": region, "properties": properties}
        if plan := definition.get("purchasePlan"):
            body["plan"] = plan
        path = compute_id("virtualMachines", f"probe-{region}", PLATFORM, GROUP)
        status, answer, _ = self._ask("PUT", path, "api-version=2024-07-01", body)
        self._ask("DELETE", path, "api-version=2024-07-01")
        if status in (200, 201):
            return answer["properties"]["storageProfile"]["imageReference"]["exactVersion"]
        assert _refused(answer["error"]).key == "image-not-in-region", answer
        return None

    def _done(self, status: int, answer: Json, headers: Any) -> Refused | None:
        if status not in (200, 201, 202, 204):
            return _refused(answer["error"])
        operation = headers.get("azure-asyncoperation")
        if operation is None:
            return None
        where, _, query = operation.partition("?")
        status, answer, _ = self._ask("GET", re.sub("^https?://[^/]*", "", where), query)
        assert status == 200, answer
        return None if answer["status"] == "Succeeded" else _refused(answer["error"])
