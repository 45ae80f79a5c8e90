"""Security types and features."""
