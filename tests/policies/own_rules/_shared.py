"""A helper of several rules: not a rule itself."""
