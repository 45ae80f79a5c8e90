"""What a team brings along: rules of its own, and patterns in settings."""
