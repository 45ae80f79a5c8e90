"""Machines of the same stack."""
