"""Two states in, one plan out: what changes, what Azure and Pulumi make of it, and whom it reaches. All of it pure."""
