"""How people call what a plan names."""

from acg.plan.identity import Identity, Kind
from acg.report.plan.blocks import Code, Inline


def image(definition: Identity) -> str:
    """A definition with its gallery."""
    return definition.definition_title or definition.title


def named(resource: Identity) -> tuple[Inline, ...]:
    """A resource at the beginning of a sentence: its kind in plain words, unless its name says it."""
    if resource.kind is Kind.GALLERY and resource.gallery is not None:
        return ("Gallery ", Code(resource.gallery))
    if resource.kind is Kind.RESOURCE_GROUP and resource.resource_group is not None:
        return ("Resource group ", Code(resource.resource_group))
    return (Code(resource.title),)
