"""Azure Lab Services."""
