"""What exists, as a catalog and as a file for `pulumi import`."""
