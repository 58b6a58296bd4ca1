"""What a person sets for the whole inventory, from more than one page."""
