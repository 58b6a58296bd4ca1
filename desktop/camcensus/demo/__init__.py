"""The one simulator: an estate of devices served over real loopback sockets. What they say is data."""
