"""From register rows and findings to a replacement plan. Pure."""
