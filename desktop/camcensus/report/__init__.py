"""Paper: draws what it is given and decides nothing."""
