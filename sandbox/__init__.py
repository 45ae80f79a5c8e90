"""An Azure on this machine: Resource Manager over HTTP, an azure-native stand-in, the real Pulumi engine."""
