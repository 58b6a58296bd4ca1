"""Find cameras: who allows it, where to look, what answers, and what it came to."""
