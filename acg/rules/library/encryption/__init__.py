"""Encryption with customer keys."""
