"""vendors.db: built from reviewed text, checked, read, and replaced by a signed update."""
