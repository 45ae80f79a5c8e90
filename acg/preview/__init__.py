"""The engine's own preview, joined with the plan: what it would do, and whether both say the same."""
