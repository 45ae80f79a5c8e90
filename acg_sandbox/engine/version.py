"""Which Pulumi CLI this project runs on."""

CLI_VERSION = "3.259.0"
"""What is built or installed when none is at hand; the oldest on `PATH` that will do. `cli/go.mod` pins the same."""

YAML_VERSION = "1.32.0"
"""The language host of Pulumi YAML that is built where the CLI has none; `yaml_host/go.mod` pins the same.

Newer ones need a newer CLI's modules, which the CLI's own release has beside it.
"""
