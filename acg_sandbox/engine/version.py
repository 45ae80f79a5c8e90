"""Which Pulumi CLI this project runs on."""

CLI_VERSION = "3.259.0"
"""What is built or installed when none is at hand; the oldest on `PATH` that will do. `cli/go.mod` pins the same."""
