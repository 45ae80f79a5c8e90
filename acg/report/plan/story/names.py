"""How people call what a plan names."""

from acg.plan.identity import Identity


def image(definition: Identity) -> str:
    """A definition with its gallery."""
    return definition.definition_title or definition.title
