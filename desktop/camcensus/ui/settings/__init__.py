"""Settings: how the window looks and searches, what it knows, its back-ups, and what IT allows."""
