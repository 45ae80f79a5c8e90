"""Image definitions."""

from __future__ import annotations

from acg.plan.model import Action
from tests.change_agreement.edits import D, edit
from tests.change_agreement.estate import Estate


@edit(
    Action.UPDATE,
    *(f"{D}{name}" for name in ("description", "endOfLifeDate", "recommended", "releaseNoteUri", "tags", "disallowed")),
)
def words_of_a_definition(it: Estate) -> None:
    it.image.update(
        {"description": "Else.", "endOfLifeDate": "2029-06-30", "releaseNoteUri": "https://contoso.example/n2"}
    )
    it.image.update({"recommended": {"vCPUs": {"min": 1}}, "tags": {}, "disallowedDiskTypes": ["Premium_LRS"]})


def _fixed(name: str, row: str, value: object) -> None:
    def make(it: Estate) -> None:
        it.image[name] = value

    make.__name__ = f"another_{row}"
    edit(Action.NEW_DEFINITION, f"{D}{row}")(make)


_fixed("architecture", "architecture", "Arm64")
_fixed("eula", "eula", "https://contoso.example/other")
_fixed("hyperVGeneration", "hyperVGeneration", "V1")
_fixed("identifier", "identifier", {"publisher": "contoso", "offer": "base", "sku": "other"})
_fixed("osState", "osState", "Specialized")
_fixed("osType", "osType", "Windows")
_fixed("privacyStatementUri", "privacyStatementUri", "https://contoso.example/other")
_fixed("plan", "purchasePlan", {"name": "basic", "publisher": "fabrikam", "product": "os"})
_fixed("hibernation", "features", False)


@edit(Action.NEW_DEFINITION, f"{D}eula")
def no_eula(it: Estate) -> None:
    del it.image["eula"]


@edit(Action.FORBIDDEN, f"{D}endOfLifeDate")
def a_definition_that_ends_in_the_past(it: Estate) -> None:
    it.image.update({"endOfLifeDate": "2026-01-31", "description": "Else."})


@edit(Action.UPDATE, f"{D}features")
def other_features_allowed(it: Estate) -> None:
    it.image.update({"hibernation": False, "allowUpdateImage": True})


@edit(Action.UNDECIDED, f"{D}features")
def no_features(it: Estate) -> None:
    del it.image["hibernation"], it.image["diskControllerTypes"]


@edit(Action.REPLACE, f"{D}location")
def a_definition_in_another_location(it: Estate) -> None:
    it.image["location"] = it.others[0]
    for version in it.versions.values():
        version["location"] = it.home
