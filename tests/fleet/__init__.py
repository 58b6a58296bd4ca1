"""A test network of many devices, and what is true of each."""
