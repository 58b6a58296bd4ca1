"""Lists of cameras that strangers wrote, as plain data, with what each row says to a person."""
