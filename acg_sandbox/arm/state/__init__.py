"""What one embedded Azure keeps: resources, running operations, the bin, the request log."""
