"""A pack whose first line of output is not its port."""

print("hello")
