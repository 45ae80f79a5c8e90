"""The rules of `acg.rules` as Pulumi policies."""
