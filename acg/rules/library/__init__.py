"""The rules, one a file, in one folder for each family."""
