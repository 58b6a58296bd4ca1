"""What is known of makers and brands, as all read it: with the organisation's own, and newer ones from a file."""
