"""Catalog to desired resources: the only place that turns the one into the other."""
