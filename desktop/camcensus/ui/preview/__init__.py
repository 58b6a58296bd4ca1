"""A report on the screen: drawn, looked at, saved and printed."""
