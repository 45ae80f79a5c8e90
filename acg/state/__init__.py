"""What exists: exported stacks, as the resources that the rest of the core knows."""
