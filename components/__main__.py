"""Hosts the components for programs in any language."""

import sys
from typing import Any

import pulumi
from pulumi.provider import main
from pulumi.provider.experimental.component import ComponentProvider
from pulumi.provider.server import ComponentInitError
from pulumi_acg import Gallery, ImageDefinition, ImageVersion, LabPlan
from pulumi_acg._version import ACG


class Host(ComponentProvider):
    """Answers for args that cannot be used with their property paths, where Pulumi's own host gives a stack trace.

    They are in the message alone. As details of the error the engine (3.259) would list them once more, each with the
    value at its path, in which secrets are readable.
    """

    def construct(self, *args: Any, **kwargs: Any) -> Any:
        """Create a component."""
        try:
            return super().construct(*args, **kwargs)
        except ComponentInitError as error:
            if isinstance(error.inner, pulumi.InputPropertiesError):
                raise pulumi.InputPropertiesError(error.inner.message, []) from None
            raise

    def map_complex_output(self, instance_val: Any, type_def: Any) -> Any:
        """Names of a complex output in the schema; an optional one may have no value, which Pulumi's own cannot map."""
        return None if instance_val is None else super().map_complex_output(instance_val, type_def)


if __name__ == "__main__":
    main(Host([Gallery, ImageDefinition, ImageVersion, LabPlan], "acg", None, ACG), sys.argv[1:])
