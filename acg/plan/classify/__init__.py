"""What changes between two states, and what Azure and Pulumi make of each change."""
