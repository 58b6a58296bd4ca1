"""SQLite: the inventory people keep, and the knowledge base."""
