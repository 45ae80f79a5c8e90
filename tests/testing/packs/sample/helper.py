"""The pack's own module."""

import os

from pulumi_policy import EnforcementLevel, ResourceValidationPolicy


def _odd(args, report):
    if args.props["number"] % 2:
        report(f"is odd in {os.environ.get('PULUMI_STACK', 'no stack')}")


ODD = ResourceValidationPolicy("odd", "Numbers are even", _odd, enforcement_level=EnforcementLevel.MANDATORY)
