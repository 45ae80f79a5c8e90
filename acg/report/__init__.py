"""Results for people and for machines: a folder for each kind of result, and what they share."""
