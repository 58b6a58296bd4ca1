"""What is on record about a maker and a model: listings, advisories, capabilities. Pure."""
