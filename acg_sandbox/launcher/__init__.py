"""`acg-sandbox`: start an embedded Azure, run commands against it, forget it."""
