"""What versions are made from, and what is made from versions, as the rules read it where the stack has it."""

from __future__ import annotations

from acg.azure import kinds
from acg.azure.limits import GB_BYTES, VHD_FOOTER_BYTES
from acg.rules.views.base import Part, View
from acg.rules.views.lazy import lazy


class Origin(View):
    """A resource that a version can be made from. What it does not show is None or empty."""

    @property
    def os_type(self) -> str | None:
        return None

    @property
    def os_state(self) -> str | None:
        return None

    @property
    def generation(self) -> str | None:
        return None

    @property
    def architecture(self) -> str | None:
        return None

    @property
    def plan(self) -> Part:
        """The purchase plan that it carries."""
        return Part({})

    @property
    def encrypts(self) -> bool:
        """Whether any of its disks is encrypted with a customer's key."""
        return False


class SizedDisk(Origin):
    """A managed disk or a snapshot."""

    @property
    def size_gb(self) -> int | None:
        """Size in GB; None where it follows from what the disk is made from."""
        own = self.number("diskSizeGB")
        if own is not None:
            return own
        uploaded = self.part("creationData", Part).number("uploadSizeBytes")
        return None if uploaded is None else max(1, -(-(uploaded - VHD_FOOTER_BYTES) // GB_BYTES))

    @property
    def sku(self) -> str | None:
        """Storage account type, such as Premium_LRS."""
        return self.part("sku", Part).text("name")

    @property
    def os_type(self) -> str | None:
        return self.text("osType")

    @property
    def generation(self) -> str | None:
        return self.text("hyperVGeneration")

    @property
    def capabilities(self) -> Part:
        """Its ``supportedCapabilities``."""
        return self.part("supportedCapabilities", Part)

    @property
    def architecture(self) -> str | None:
        return self.capabilities.text("architecture")

    @property
    def plan(self) -> Part:
        return self.part("purchasePlan", Part)

    @property
    def encrypts(self) -> bool:
        return self.part("encryption", Part).has("diskEncryptionSetId")


class Disk(SizedDisk, token=kinds.DISK):
    """A managed disk."""


class Snapshot(SizedDisk, token=kinds.SNAPSHOT):
    """A snapshot of a managed disk."""


class Bundle(Origin):
    """A resource with several disks: a virtual machine or a managed image."""

    @lazy
    def storage(self) -> Part:
        """Its ``storageProfile``."""
        return self.part("storageProfile", Part)

    @lazy
    def os_disk(self) -> Part:
        return self.storage.part("osDisk", Part)

    @lazy
    def data_disks(self) -> tuple[Part, ...]:
        return self.storage.parts("dataDisks", Part)

    @property
    def disks(self) -> tuple[Part, ...]:
        return (self.os_disk, *self.data_disks)

    @property
    def os_type(self) -> str | None:
        return self.os_disk.text("osType")


class ManagedImage(Bundle, token=kinds.MANAGED_IMAGE):
    """A managed image."""

    @property
    def os_state(self) -> str | None:
        return self.os_disk.text("osState")

    @property
    def generation(self) -> str | None:
        return self.text("hyperVGeneration")

    @property
    def encrypts(self) -> bool:
        return any(disk.part("diskEncryptionSet", Part).has("id") for disk in self.disks)


class VirtualMachine(Bundle, token=kinds.VIRTUAL_MACHINE):
    """A virtual machine."""

    @property
    def image(self) -> Part:
        """The ``imageReference`` that it boots."""
        return self.storage.part("imageReference", Part)

    @property
    def size(self) -> str | None:
        """Its size, such as Standard_D2s_v5."""
        return self.part("hardwareProfile", Part).text("vmSize")

    @property
    def plan(self) -> Part:
        """The purchase plan that it was bought with."""
        return self.part("plan", Part)

    @property
    def security(self) -> Part:
        """Its ``securityProfile``."""
        return self.part("securityProfile", Part)

    @property
    def encrypts(self) -> bool:
        managed = (disk.part("managedDisk", Part) for disk in self.disks)
        return any(disk.part("diskEncryptionSet", Part).has("id") for disk in managed)


class ScaleSet(View, token=kinds.SCALE_SET):
    """A virtual machine scale set."""

    @lazy
    def machine(self) -> Part:
        """Its ``virtualMachineProfile``."""
        return self.part("virtualMachineProfile", Part)

    @lazy
    def storage(self) -> Part:
        """The ``storageProfile`` of its machines."""
        return self.machine.part("storageProfile", Part)

    @property
    def os_disk(self) -> Part:
        return self.storage.part("osDisk", Part)

    @property
    def image(self) -> Part:
        """The ``imageReference`` that its machines boot."""
        return self.storage.part("imageReference", Part)

    @property
    def size(self) -> str | None:
        """Size of its machines, such as Standard_D2s_v5."""
        return self.part("sku", Part).text("name")

    @property
    def security(self) -> Part:
        """The ``securityProfile`` of its machines."""
        return self.machine.part("securityProfile", Part)

    @property
    def plan(self) -> Part:
        """The purchase plan that its machines are bought with."""
        return self.part("plan", Part)


class DiskEncryptionSet(View, token=kinds.DISK_ENCRYPTION_SET):
    """A disk encryption set."""
