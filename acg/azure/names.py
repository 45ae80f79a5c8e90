"""How Azure lets galleries, image definitions and what they are offered under be named."""

import re
from typing import Final, NamedTuple

from acg.errors import shown

_SERVICE: Final = "https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images"
_TERRAFORM: Final = "https://github.com/hashicorp/terraform-provider-azurerm, internal/services/compute/validate"


class NameRule(NamedTuple):
    """Length, characters and ends of a name. Letters and digits are the English ones."""

    least: int
    most: int
    marks: str
    """What a name may have beside letters and digits."""
    begins: bool = False
    """Whether it begins with a letter or digit."""
    ends: str = ""
    """What it does not end with."""
    source: str = ""

    def fault(self, name: str) -> str | None:
        """What is wrong with a name; None if nothing is."""
        if not self.least <= len(name) <= self.most:
            have = f"has {len(name):,} characters" if name else "is empty"
            return f"{have}, needs {self.least} to {self.most}"
        if wrong := "".join(dict.fromkeys(re.sub(rf"[A-Za-z0-9{re.escape(self.marks)}]+", "", name))):
            return f"contains {shown(wrong)}; only {self.alphabet} are allowed"
        if self.begins and name[0] in self.marks:
            return f"begins with {name[0]!r}, must begin with a letter or digit"
        if name[-1] in self.ends:
            return f"ends with {name[-1]!r}"
        return None

    @property
    def alphabet(self) -> str:
        """The characters a name may have, in words."""
        words = ["English letters", "digits", *(_WORDS[mark] for mark in self.marks)]
        return f"{', '.join(words[:-1])} and {words[-1]}"


_WORDS: Final = {"_": "underscores", "-": "hyphens", ".": "periods"}

GALLERY: Final = NameRule(1, 80, "_.", begins=True, ends="_.", source=_SERVICE)
"""Unique in its subscription. The specification's pattern also admits hyphens, which the service refuses."""

DEFINITION: Final = NameRule(1, 80, "_-.", begins=True, ends="_-.", source=_SERVICE)
"""Unique in its gallery."""

PUBLISHER: Final = NameRule(1, 128, "_-.", ends=".", source=_TERRAFORM)
OFFER: Final = NameRule(1, 64, "_-.", ends=".", source=_TERRAFORM)
SKU: Final = NameRule(1, 64, "_-.", ends=".", source=_TERRAFORM)
"""Publisher, offer and SKU together are unique in their gallery."""

COMMUNITY_PREFIX: Final = NameRule(5, 16, "", source=_TERRAFORM)
"""First part of the public name of a community gallery; checked by Terraform, not known of the service."""
