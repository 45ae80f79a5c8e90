"""Dates and safety."""
