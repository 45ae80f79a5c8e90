"""What the commands for labs print."""
