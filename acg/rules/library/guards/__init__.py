"""What a team wants."""
