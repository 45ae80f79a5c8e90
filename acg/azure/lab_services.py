"""Facts about Azure Lab Services and the galleries that labs take images from."""

from datetime import date
from typing import Final

PLANS_APPLICATION: Final = "c7bb12bf-0b39-4f7f-9171-f418ff39b76a"
"""Application id, the same in every tenant, of the enterprise application that serves lab plans.

Source: https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery
"""

ACCOUNTS_APPLICATION: Final = "1a14be2a-e903-4cec-99cf-b2e209259a0f"
"""Application id of the one that serves lab accounts, and that shuts down machines of DevTest Labs schedules.

Source: https://learn.microsoft.com/azure/lab-services/how-to-attach-detach-shared-image-gallery-1
"""

OWNER: Final = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
CONTRIBUTOR: Final = "b24988ac-6180-42a0-ab88-20f7382dd24c"

ROLES: Final = {"Owner": OWNER, "Contributor": CONTRIBUTOR}
"""Roles on a gallery with which the service works, by name. Owner is what Microsoft documents for lab plans;
Contributor is what the service gives itself for lab accounts, and what tests of terraform-provider-azurerm
(``lab_service_plan_resource_test.go``) give it for lab plans.

Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
"""

SHUTDOWN: Final = ("Enabled", "Disabled")
IDLE: Final = ("None", "UserAbsence", "LowUsage")
ACCESS: Final = ("Public", "Private", "None")
IDENTITY_TYPES: Final = ("SystemAssigned",)
"""Words of a lab plan's profiles and identity: enums of azure-native 3.29, module labservices (2023-06-07)."""

LARGEST_OS_DISK_GB: Final = 128
"""Labs list images with an OS disk below this; of exactly this size, the sources contradict each other.

Source: https://learn.microsoft.com/azure/lab-services/how-to-use-shared-image-gallery ("less than 128 GB is supported",
"images with more than 128 GB are not shown")
"""

END: Final = date(2027, 6, 28)
"""The day on which Azure ends the service: lab plans, accounts and labs go, galleries and their images stay.

Source: https://learn.microsoft.com/azure/lab-services/retirement-guide
"""


def object_id_command(application: str) -> str:
    """The command that gives the object id, which a role assignment needs, of an application in the tenant."""
    return f"az ad sp show --id {application} --query id -o tsv"
