"""What versions are made from, and what is made from versions, as the rules read it where the stack has it."""

from __future__ import annotations

from acg.azure.resource_id import Kind
from acg.rules.views.base import Part, View, lazy


class SizedDisk(View):
    """A managed disk or a snapshot."""

    @property
    def size_gb(self) -> int | None:
        """Size in GB; None where it follows from what the disk is made from."""
        return self.number("diskSizeGB")

    @property
    def sku(self) -> str | None:
        """Storage account type, such as Premium_LRS."""
        return self.part("sku", Part).text("name")

    @property
    def plan(self) -> Part:
        """The purchase plan that the disk carries."""
        return self.part("purchasePlan", Part)


class Disk(SizedDisk):
    """A managed disk."""

    TYPE = "azure-native:compute:Disk"
    NAME = "diskName"
    KIND = Kind.DISK


class Snapshot(SizedDisk):
    """A snapshot of a managed disk."""

    TYPE = "azure-native:compute:Snapshot"
    NAME = "snapshotName"
    KIND = Kind.SNAPSHOT


class ManagedImage(View):
    """A managed image."""

    TYPE = "azure-native:compute:Image"
    NAME = "imageName"
    KIND = Kind.MANAGED_IMAGE

    @lazy
    def storage(self) -> Part:
        """Its ``storageProfile``."""
        return self.part("storageProfile", Part)

    @property
    def os_disk(self) -> Part:
        return self.storage.part("osDisk", Part)

    @property
    def data_disks(self) -> tuple[Part, ...]:
        return self.storage.parts("dataDisks", Part)


class VirtualMachine(View):
    """A virtual machine."""

    TYPE = "azure-native:compute:VirtualMachine"
    NAME = "vmName"
    KIND = Kind.VIRTUAL_MACHINE

    @lazy
    def storage(self) -> Part:
        """Its ``storageProfile``."""
        return self.part("storageProfile", Part)

    @property
    def os_disk(self) -> Part:
        return self.storage.part("osDisk", Part)

    @property
    def data_disks(self) -> tuple[Part, ...]:
        return self.storage.parts("dataDisks", Part)

    @property
    def image(self) -> Part:
        """The ``imageReference`` that it boots."""
        return self.storage.part("imageReference", Part)

    @property
    def plan(self) -> Part:
        """The purchase plan that it was bought with."""
        return self.part("plan", Part)

    @property
    def security(self) -> Part:
        """Its ``securityProfile``."""
        return self.part("securityProfile", Part)


class ScaleSet(View):
    """A virtual machine scale set."""

    TYPE = "azure-native:compute:VirtualMachineScaleSet"
    NAME = "vmScaleSetName"

    @lazy
    def machine(self) -> Part:
        """Its ``virtualMachineProfile``."""
        return self.part("virtualMachineProfile", Part)

    @property
    def image(self) -> Part:
        """The ``imageReference`` that its machines boot."""
        return self.machine.part("storageProfile", Part).part("imageReference", Part)


class DiskEncryptionSet(View):
    """A disk encryption set."""

    TYPE = "azure-native:compute:DiskEncryptionSet"
    NAME = "diskEncryptionSetName"
    KIND = Kind.DISK_ENCRYPTION_SET
