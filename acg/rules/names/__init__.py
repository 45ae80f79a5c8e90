"""Names and identity."""
