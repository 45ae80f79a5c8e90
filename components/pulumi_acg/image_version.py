"""One image version."""

from typing import Final

import pulumi

from acg.azure import kinds
from acg.catalog.models import Gallery, ImageDefinition
from acg.catalog.models import ImageVersion as Model
from acg.catalog.placeholder import OutputText
from acg.desired.metadata import carry
from pulumi_acg._component import add_all, lazy, lowered, renamed
from pulumi_acg._given import Given
from pulumi_acg._outputs import Outputs, whole
from pulumi_acg._providers import Providers
from pulumi_acg._register import Register
from pulumi_acg.args import ImageVersionArgs

TYPE: Final = "acg:index:ImageVersion"


class VersionModel(Model):
    """A version, and the gallery and definition that it is in."""

    gallery_name: str
    resource_group: OutputText
    subscription: OutputText | None = None
    image_name: str
    image_id: OutputText | None = None
    version: str


class ImageVersion(pulumi.ComponentResource):
    """A version of an image definition that exists, or that the same program makes.

    It is protected: to delete it, first deploy it with retire set.
    """

    version_id: pulumi.Output[str] = lazy(lambda self: whole(self._outputs.id(kinds.VERSION)))
    """Id of the version."""

    def __init__(self, name: str, args: ImageVersionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Declare an image version.

        Args:
            name: the component's name.
            args: what to declare.
            opts: options; aliases, providers and transformations reach the version beneath.

        Raises:
            ArgsError: args cannot be used; carries every problem.
        """
        given = Given(name, VersionModel, args)
        model = given.model
        image = ImageDefinition.model_validate({"existing": True, "versions": {model.version: model}})
        gallery = Gallery.model_validate(
            {
                "existing": True,
                "resourceGroup": model.resource_group,
                "subscription": model.subscription,
                "images": {model.image_name: image},
            }
        )
        inside = ("images", model.image_name, "versions", model.version)
        resources = lowered(given, model.gallery_name, gallery, inside)
        version = next(one for one in resources if one.type == kinds.VERSION)
        called = renamed(version.name, name)
        super().__init__(TYPE, name, carry(name, [version], called), opts)
        ties = {version.parent or "": given.outputs[model.image_id]} if model.image_id in given.outputs else {}
        register = Register(Providers(self, f"{name}-"), given, ties)
        add_all([version], register, self, called)
        self._outputs = Outputs(resources, register)
        self.register_outputs({"versionId": self._outputs.id(kinds.VERSION)})
