"""Pull requests that a scheduled job opens: what belongs together, what people did with them, and their hosts."""
