"""Lists that people bring: looked at first, and kept when confirmed."""
