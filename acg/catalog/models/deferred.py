"""Models that few catalogs need: imported, and their validators built, when a catalog has a value for one.

Importing a model and building its validator takes half a millisecond, which every command that reads a catalog would
pay for each. What is wrong in a value, where, and the JSON Schema are as if the model stood in the field itself.
"""

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Deferred:
    """In an annotation: the model that is meant, imported when it is first asked for."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    @cached_property
    def model(self) -> type[BaseModel]:
        """The model itself."""
        return getattr(import_module(f"acg.catalog.models.{self._module}"), self._name)

    def _validated(self, value: Any) -> BaseModel:
        return self.model.model_validate(value)  # its errors become those of the field, with the whole path

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validated)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        self.model.model_rebuild()
        # A chain of one step: pydantic puts a model among the $defs only where it is inside of another schema.
        return handler(core_schema.chain_schema([self.model.__pydantic_core_schema__]))


if TYPE_CHECKING:
    from acg.catalog.models.added_regions import AddedRegion
    from acg.catalog.models.consumers import Consumers
    from acg.catalog.models.edge_zones import TargetExtendedLocation
    from acg.catalog.models.encryption import Encryption
    from acg.catalog.models.identity import Identity
    from acg.catalog.models.labs import LabAccount, LabPlan
    from acg.catalog.models.refresh import Refresh, RefreshPolicy
    from acg.catalog.models.sharing import SharingProfile
    from acg.catalog.models.uefi import UefiSettings
else:
    AddedRegion = Annotated[Any, Deferred("added_regions", "AddedRegion")]
    Consumers = Annotated[Any, Deferred("consumers", "Consumers")]
    Encryption = Annotated[Any, Deferred("encryption", "Encryption")]
    Identity = Annotated[Any, Deferred("identity", "Identity")]
    LabAccount = Annotated[Any, Deferred("labs", "LabAccount")]
    LabPlan = Annotated[Any, Deferred("labs", "LabPlan")]
    Refresh = Annotated[Any, Deferred("refresh", "Refresh")]
    RefreshPolicy = Annotated[Any, Deferred("refresh", "RefreshPolicy")]
    SharingProfile = Annotated[Any, Deferred("sharing", "SharingProfile")]
    TargetExtendedLocation = Annotated[Any, Deferred("edge_zones", "TargetExtendedLocation")]
    UefiSettings = Annotated[Any, Deferred("uefi", "UefiSettings")]


def underlying(annotation: Any) -> Any:
    """A type without what Annotated adds to it, and the model that a deferred one stands for."""
    while hasattr(annotation, "__metadata__"):
        deferred = next((one for one in annotation.__metadata__ if isinstance(one, Deferred)), None)
        annotation = annotation.__origin__ if deferred is None else deferred.model
    return annotation
