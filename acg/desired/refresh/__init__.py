"""What lowering makes of the keys that `acg refresh` reads and writes."""
