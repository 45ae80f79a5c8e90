"""A university's lab plan with a gallery attached to it, and short cuts to what tests begin with."""

from __future__ import annotations

from typing import Any

import httpx

from tests.acg_sandbox.arm.conftest import COMPUTE, GALLERY, GROUP, Arm

LABS = f"{GROUP}/providers/Microsoft.LabServices"
PLAN = f"{LABS}/labPlans/computing"
LAB = f"{LABS}/labs/statistics-101"
API = "2023-06-07"
MACHINE = f"{LAB}/virtualMachines/0"


def lab_body(**reference: str) -> dict[str, Any]:
    return {
        "location": "westeurope",
        "properties": {
            "labPlanId": PLAN,
            "autoShutdownProfile": {"shutdownOnDisconnect": "Disabled"},
            "connectionProfile": {"clientRdpAccess": "Public"},
            "securityProfile": {"openAccess": "Disabled"},
            "virtualMachineProfile": {
                "createOption": "TemplateVM",
                "imageReference": reference,
                "sku": {"name": "Classic_Fsv2_2_4GB_128_S_SSD", "capacity": 2},
                "usageQuota": "PT0S",
                "adminUser": {"username": "teacher", "password": "canary-password"},
            },
        },
    }


class School(Arm):
    """An embedded Azure with a gallery, a plan that has it attached, and short cuts."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(None, **settings)
        self.put(GROUP, {"location": "westeurope"})
        self.put(GALLERY, {"location": "westeurope"})
        self.plan(sharedGalleryId=GALLERY)

    def labs(self, method: str, path: str, body: Any = None, **query: str) -> httpx.Response:
        return self.ask(method, path, body, api=API, **query)

    def plan(self, **properties: Any) -> httpx.Response:
        properties = {"allowedRegions": ["westeurope"], **properties}
        return self.labs("PUT", PLAN, {"location": "westeurope", "properties": properties})

    def image(self, name: str, *, state: str = "Specialized", system: str = "Linux") -> str:
        identifier = {"publisher": "uni", "offer": "labs", "sku": name}
        properties = {"osType": system, "osState": state, "hyperVGeneration": "V2", "identifier": identifier}
        self.put(f"{GALLERY}/images/{name}", {"location": "westeurope", "properties": properties})
        return f"{GALLERY}/images/{name}"

    def version(
        self,
        name: str,
        number: str,
        *,
        size: int = 64,
        data: int | None = None,
        regions: tuple[str, ...] = ("westeurope",),
    ) -> None:
        """A version made of a disk, as somebody uploads one."""
        profile: dict[str, Any] = {"osDiskImage": {"source": {"id": self.disk(f"os-{size}", size, osType="Linux")}}}
        if data is not None:
            profile["dataDiskImages"] = [{"lun": 0, "source": {"id": self.disk(f"data-{data}", data)}}]
        targets = [{"name": region} for region in dict.fromkeys(("westeurope", *regions))]
        body = {
            "location": "westeurope",
            "properties": {"storageProfile": profile, "publishingProfile": {"targetRegions": targets}},
        }
        self.put(f"{GALLERY}/images/{name}/versions/{number}", body)

    def disk(self, name: str, size: int, **properties: Any) -> str:
        path = f"{COMPUTE}/disks/{name}"
        given = {"creationData": {"createOption": "Empty"}, "diskSizeGB": size, **properties}
        if "osType" in given:
            given["hyperVGeneration"] = "V2"
        self.put(path, {"location": "westeurope", "properties": given})
        return path

    def images(self) -> dict[str, dict[str, Any]]:
        """The images of the plan that are no Marketplace images, by name."""
        found = self.labs("GET", f"{PLAN}/images").json()["value"]
        return {one["name"]: one["properties"] for one in found if one["properties"].get("sharedGalleryId")}
