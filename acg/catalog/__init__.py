"""What a team declares: models, reader and schema of a catalog."""
