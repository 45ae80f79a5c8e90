"""What follows from the changes: for latest, replicas, storage, money, quotas and those who use the images."""
