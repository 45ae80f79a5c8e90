"""Commands about what exists: reading it, adopting it, and what a catalog needs of it."""
