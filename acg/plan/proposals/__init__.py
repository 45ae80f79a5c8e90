"""The way out of what is refused, as edits of the catalog and commands."""
