"""What is on record about a maker: listings, later advisories and capabilities. Pure."""
