"""A pack that fails before it serves."""

raise RuntimeError("no such rule")
