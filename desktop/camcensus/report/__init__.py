"""What each report says, as blocks; `pdf` and `html` write them. Decides nothing."""
