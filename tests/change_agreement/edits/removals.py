"""What comes and goes, is taken over, given away or renamed."""

from __future__ import annotations

from collections.abc import Callable

from acg.plan.model import Action
from tests.agreement.sources import compute_id
from tests.change_agreement.edits import edit
from tests.change_agreement.estate import Estate, Json


@edit(Action.CREATE)
def a_new_version(it: Estate) -> None:
    it.versions["2.1.0"] = {"source": it.source()}
    it.versions["1.1.1"] = {"source": {"version": "golden_estate/main/1.1.0"}, "targetRegions": [it.home]}


@edit(Action.CREATE)
def a_new_definition(it: Estate) -> None:
    definition: Json = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2"}
    definition["identifier"] = {"publisher": "contoso", "offer": "base", "sku": "new"}
    definition["versions"] = {"1.0.0": {"source": it.source()}}
    it.gallery["images"]["fresh"] = definition


def _retire(*names: str) -> Callable[[Estate], None]:
    def prepare(it: Estate) -> None:
        for name in names:
            it.versions[name]["retire"] = True

    return prepare


@edit(Action.DELETE, prepare=_retire("1.2.0"))
def a_retired_version_less(it: Estate) -> None:
    del it.versions["1.2.0"]


@edit(Action.FORBIDDEN)
def a_protected_version_less(it: Estate) -> None:
    del it.versions["1.2.0"]


def _guarded(it: Estate) -> None:
    _retire("1.1.0")(it)
    it.version["safetyProfile"] = {"blockDeletionBeforeEndOfLife": True}


@edit(Action.FORBIDDEN, prepare=_guarded)
def a_guarded_version_less(it: Estate) -> None:
    del it.versions["1.1.0"]


def _locked(it: Estate) -> None:
    _retire("1.2.0")(it)
    it.gallery["lock"] = "CanNotDelete"


@edit(Action.FORBIDDEN, prepare=_locked)
def a_locked_version_less(it: Estate) -> None:
    del it.versions["1.2.0"]


@edit(Action.SAFETY, prepare=_locked)
def a_version_and_its_lock_less(it: Estate) -> None:
    del it.versions["1.2.0"], it.gallery["lock"]


@edit(Action.FORBIDDEN, prepare=_retire("1.2.0"))
def a_version_less_under_a_new_lock(it: Estate) -> None:
    del it.versions["1.2.0"]
    it.gallery["lock"] = "CanNotDelete"


def _read_only(it: Estate) -> None:
    it.gallery["lock"] = "ReadOnly"


@edit(Action.FORBIDDEN, prepare=_read_only)
def an_update_under_a_lock(it: Estate) -> None:
    it.version["tags"] = {"tier": "silver"}
    it.versions["3.0.0"] = {"source": it.source()}


def _retired_definition(it: Estate) -> None:
    it.gallery["images"]["disks"]["retire"] = True


@edit(Action.DELETE, prepare=_retired_definition)
def a_retired_definition_less(it: Estate) -> None:
    del it.gallery["images"]["disks"]


def _soft_deleting(it: Estate) -> None:
    _retired_definition(it)
    it.gallery["softDeletePolicy"] = {"isSoftDeleteEnabled": True}


@edit(Action.FORBIDDEN, prepare=_soft_deleting)
def a_definition_with_kept_versions_less(it: Estate) -> None:
    del it.gallery["images"]["disks"]


def _with_foreign(it: Estate) -> None:
    _retired_definition(it)
    foreign = {"osDisk": {"disk": compute_id("disks", f"os-{it.home}")}, "publishedBy": "external"}
    it.gallery["images"]["disks"]["versions"]["1.5.0"] = {**foreign, "targetRegions": [it.home]}


@edit(Action.FORBIDDEN, prepare=_with_foreign)
def a_definition_with_foreign_versions_less(it: Estate) -> None:
    del it.gallery["images"]["disks"]


@edit(Action.ADOPT, prepare=_with_foreign)
def a_foreign_version_taken_over(it: Estate) -> None:
    del it.gallery["images"]["disks"]["versions"]["1.5.0"]["publishedBy"]


@edit(Action.RELEASE)
def a_version_given_away(it: Estate) -> None:
    it.versions["1.2.0"]["publishedBy"] = "external"


@edit(Action.RELEASE)
def a_group_given_away(it: Estate) -> None:
    del it.catalog["resourceGroups"]["rg-images"]


@edit(Action.RENAME)
def another_key(it: Estate) -> None:
    gallery = it.catalog["galleries"].pop("golden_estate")
    it.catalog["galleries"]["other_key"] = {**gallery, "name": "golden_estate"}


@edit(Action.FORBIDDEN)
def another_case(it: Estate) -> None:
    it.gallery["images"]["Disks"] = it.gallery["images"].pop("disks")


@edit(Action.FORBIDDEN, prepare=_retired_definition)
def another_key_of_a_definition(it: Estate) -> None:
    moved = it.gallery["images"].pop("disks")
    it.gallery["images"]["discs"] = {key: value for key, value in moved.items() if key != "retire"}


@edit(Action.MOVE, prepare=_retired_definition)
def another_gallery(it: Estate) -> None:
    moved = it.gallery["images"].pop("disks")
    it.catalog["galleries"]["second_estate"]["images"]["disks"] = moved
