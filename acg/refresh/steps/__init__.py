"""The steps of a version's life: each decides about one line, or says what it waits for."""
