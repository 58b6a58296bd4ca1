"""Reports: what each is drawn from, and what each reader is given."""
