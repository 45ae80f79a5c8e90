"""The real Pulumi engine, from package registries alone: its CLI, a Python language host, an offline environment."""
