"""A whole gallery: its definitions, versions, readers and lock."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Self

import pulumi

from acg.azure import kinds
from acg.azure.regions import Region
from acg.catalog.models import Gallery as Model
from acg.desired import Resource
from acg.desired.formerly import COMPONENT
from acg.desired.metadata import carry
from pulumi_acg._component import add_all, known, lazy, lowered, renamed
from pulumi_acg._given import Given
from pulumi_acg._outputs import Outputs, RequiredPlan, keyed, whole
from pulumi_acg._providers import Providers
from pulumi_acg._register import Register
from pulumi_acg.args import GalleryArgs

TYPE: Final = COMPONENT


class Gallery(pulumi.ComponentResource):
    """An Azure Compute Gallery with its image definitions and versions.

    It is protected, and so are its definitions and versions: to delete one, first deploy it with retire set, in place
    of the ``pulumi state unprotect`` that Pulumi names. Features change in place, with allow_update_image set.
    """

    gallery_id: pulumi.Output[str] = lazy(lambda self: whole(self._outputs.id(kinds.GALLERY)))
    """Id of the gallery."""
    unique_name: pulumi.Output[str] = lazy(lambda self: whole(self._outputs.unique_name()))
    """Name of the gallery that is unique in Azure."""
    image_ids: pulumi.Output[Mapping[str, str]] = lazy(lambda self: self._keyed("image_ids", Outputs.ids, kinds.IMAGE))
    """Ids of the image definitions, by name."""
    version_ids: pulumi.Output[Mapping[str, str]] = lazy(
        lambda self: self._keyed("version_ids", Outputs.ids, kinds.VERSION)
    )
    """Ids of the image versions, by definition/number."""
    latest: pulumi.Output[Mapping[str, Mapping[str, str]]] = lazy(lambda self: self._keyed("latest", Outputs.latest))
    """The number that latest of the declared versions stands for, by image definition and region."""
    purchase_plans: pulumi.Output[Mapping[str, RequiredPlan]] = lazy(
        lambda self: self._keyed("purchase_plans", Outputs.purchase_plans)
    )
    """The purchase plan that a virtual machine has to repeat, by image definition; of those that have one."""

    def __init__(self, name: str, args: GalleryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare a gallery.

        Args:
            name: the component's name, and the gallery's if args has none.
            args: what to declare.
            opts: options; aliases, providers and transformations reach the resources beneath.

        Raises:
            ArgsError: args cannot be used; carries every problem.
        """
        given = Given(name, Model, args)
        resources = lowered(given, name, given.model, ())
        called = renamed(next(one.name for one in resources if one.type == kinds.GALLERY), name)
        super().__init__(TYPE, name, carry(name, resources, called), opts)
        register = Register(Providers(self, f"{name}-"), given)
        add_all(resources, register, self, called)
        self._finish(resources, register)

    @classmethod
    def _of_catalog(
        cls, name: str, resources: list[Resource], regions: Iterable[Region], opts: pulumi.ResourceOptions | None
    ) -> Self:
        """The component of a catalog's gallery; its resources are registered by whoever knows all the galleries."""
        gallery = cls.__new__(cls)
        pulumi.ComponentResource.__init__(gallery, TYPE, name, carry(name, resources, regions=regions), opts)
        return gallery

    def _keyed(self, name: str, outputs: Callable[..., Mapping[str, Any]], *which: str) -> pulumi.Output[Any]:
        return keyed(self._name, name, outputs(self._outputs, *which))

    def _finish(self, resources: list[Resource], register: Register) -> None:
        self._outputs = outputs = Outputs(resources, register)
        self.summary = known(
            {
                "galleryId": outputs.id(kinds.GALLERY),
                "uniqueName": outputs.unique_name(),
                "imageIds": outputs.ids(kinds.IMAGE),
                "versionIds": outputs.ids(kinds.VERSION),
                "latest": outputs.latest(),
                "purchasePlans": outputs.purchase_plans(),
            }
        )
        self.register_outputs(self.summary)
