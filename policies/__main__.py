"""The policy pack `acg`: every rule of this project, and of yours, as a Pulumi policy."""

from acg_policies.pack import serve

serve()
