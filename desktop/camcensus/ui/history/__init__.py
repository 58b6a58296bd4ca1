"""History: what happened, what changed between two moments, and taking edits back."""
