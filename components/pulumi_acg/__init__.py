"""Pulumi components for Azure Compute Gallery: galleries, image definitions and image versions."""

from pulumi_acg._given import ArgsError
from pulumi_acg._outputs import RequiredPlan
from pulumi_acg.args import GalleryArgs, ImageDefinitionArgs, ImageVersionArgs
from pulumi_acg.catalog import declare
from pulumi_acg.gallery import Gallery
from pulumi_acg.image_definition import ImageDefinition
from pulumi_acg.image_version import ImageVersion

__all__ = [
    "declare",
    "Gallery",
    "GalleryArgs",
    "ImageDefinition",
    "ImageDefinitionArgs",
    "ImageVersion",
    "ImageVersionArgs",
    "RequiredPlan",
    "ArgsError",
]
