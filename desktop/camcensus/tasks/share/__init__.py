"""Files for others: what each audience is given, as an exchange file, a ZIP or a back-up."""
