"""A pack that imports a module of its own, and says over its stderr that it starts."""

import sys

from helper import ODD
from pulumi_policy import PolicyPack

print("starting", file=sys.stderr)
PolicyPack("sample", [ODD])
