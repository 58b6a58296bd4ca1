"""Table models: plain rows with named columns, tested without an event loop."""
