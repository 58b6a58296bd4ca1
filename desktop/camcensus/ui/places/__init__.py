"""Places: which cameras are where, on a plan of the floor or as a list."""
