"""First run: who you are, in one short form."""
