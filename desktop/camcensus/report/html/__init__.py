"""The one writer of HTML."""
