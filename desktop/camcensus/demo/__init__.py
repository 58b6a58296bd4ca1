"""The one simulator: devices served over real loopback sockets. What they say is data: a TOML file of literal replies each."""
