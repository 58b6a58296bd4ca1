"""Not here: sqlite-utils looks for it, and every process of a test would take a third of a second to import what we never use."""

raise ImportError
