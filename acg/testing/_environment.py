"""What a pack learns from the engine about the stack that it looks at, in the environment."""

from typing import Final

from acg.testing._resource import PROJECT, STACK

ENVIRONMENT: Final = {
    "PULUMI_PROJECT": PROJECT,
    "PULUMI_STACK": STACK,
    "PULUMI_ORGANIZATION": "organization",
    "PULUMI_DRY_RUN": "true",
    "PULUMI_CONFIG": "{}",
}
