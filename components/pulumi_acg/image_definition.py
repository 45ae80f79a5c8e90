"""One image definition, with the versions that the program declares with it."""

from collections.abc import Mapping
from typing import Final

import pulumi

from acg.azure import kinds
from acg.catalog.models import Gallery
from acg.catalog.models import ImageDefinition as Model
from acg.catalog.placeholder import OutputText
from acg.desired.metadata import carry
from pulumi_acg._component import add_all, known, lazy, lowered, renamed
from pulumi_acg._given import Given
from pulumi_acg._outputs import Outputs, RequiredPlan, keyed, whole
from pulumi_acg._providers import Providers
from pulumi_acg._register import Register
from pulumi_acg.args import ImageDefinitionArgs

TYPE: Final = "acg:index:ImageDefinition"


class DefinitionModel(Model):
    """A definition and the gallery that it is in."""

    gallery_name: str
    resource_group: OutputText
    subscription: OutputText | None = None
    gallery_id: OutputText | None = None
    name: str | None = None


class ImageDefinition(pulumi.ComponentResource):
    """An image definition in a gallery that exists, or that the same program makes.

    It is protected, and so are its versions: to delete one, first deploy it with retire set.
    """

    image_id: pulumi.Output[str] = lazy(lambda self: whole(self._outputs.id(kinds.IMAGE)))
    """Id of the image definition."""
    version_ids: pulumi.Output[Mapping[str, str]] = lazy(lambda self: keyed(self._name, "version_ids", self._versions))
    """Ids of the versions that are declared with it, by number."""
    latest: pulumi.Output[Mapping[str, str]] = lazy(lambda self: keyed(self._name, "latest", self._latest))
    """The number that latest of those versions stands for, by region."""
    purchase_plan: pulumi.Output[RequiredPlan | None] = lazy(lambda self: whole(self._plan))
    """The purchase plan that a virtual machine has to repeat, if there is one."""

    def __init__(self, name: str, args: ImageDefinitionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare an image definition.

        Args:
            name: the component's name, and the definition's if args has none.
            args: what to declare.
            opts: options; aliases, providers and transformations reach the resources beneath.

        Raises:
            ArgsError: args cannot be used; carries every problem.
        """
        given = Given(name, DefinitionModel, args)
        model = given.model
        key = model.name or name
        gallery = Gallery.model_validate(
            {
                "existing": True,
                "resourceGroup": model.resource_group,
                "subscription": model.subscription,
                "images": {key: model},
            }
        )
        resources = lowered(given, model.gallery_name, gallery, ("images", key))
        image = next(one for one in resources if one.type == kinds.IMAGE)
        called = renamed(image.name, name)
        own = [one for one in resources if one.type != kinds.GALLERY]
        super().__init__(TYPE, name, carry(name, own, called), opts)
        ties = {image.parent or "": given.outputs[model.gallery_id]} if model.gallery_id in given.outputs else {}
        register = Register(Providers(self, f"{name}-"), given, ties)
        add_all(own, register, self, called)
        self._outputs = outputs = Outputs(resources, register)
        self._versions = {key.partition("/")[2]: id_ for key, id_ in outputs.ids(kinds.VERSION).items()}
        self._latest = outputs.latest()[key]
        self._plan = outputs.purchase_plans().get(key)
        self.register_outputs(
            known(
                {
                    "imageId": outputs.id(kinds.IMAGE),
                    "versionIds": self._versions,
                    "latest": self._latest,
                    "purchasePlan": self._plan,
                }
            )
        )
