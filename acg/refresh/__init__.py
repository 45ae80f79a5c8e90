"""Bring a catalog up to date: what is declared, what exists and a date in; edits, and what waits for what, out."""
