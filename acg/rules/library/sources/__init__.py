"""What versions are made from."""
