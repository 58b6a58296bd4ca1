"""Sockets and clocks: asks the network what is there and emits observations."""
