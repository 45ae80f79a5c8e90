"""What a definition says, and whether its source agrees."""
