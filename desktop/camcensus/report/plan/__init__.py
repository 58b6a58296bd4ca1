"""The replacement plan: what each of its parts says."""
