"""Replicas and how they are stored."""
