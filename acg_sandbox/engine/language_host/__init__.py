"""The Python language host that goes with a Pulumi CLI built from Go modules."""
