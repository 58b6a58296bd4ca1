"""Share and import: who gets a file, what stays out of it, and what it came to."""
