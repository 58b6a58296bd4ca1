"""Replacement plan: a column for each financial year, and the batch that is chosen beside them."""
