"""Suites of real clients against the embedded Azure, beside ``make test``: ``make test-clients``."""
