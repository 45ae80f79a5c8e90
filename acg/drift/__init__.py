"""What Azure has against what a catalog declares."""
