"""What Azure fixes: regions, limits, names, resource ids, version numbers, and which property can change."""
