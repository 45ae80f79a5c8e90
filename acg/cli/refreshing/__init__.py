"""Commands that bring a catalog up to date: each ends with edits of its files."""
