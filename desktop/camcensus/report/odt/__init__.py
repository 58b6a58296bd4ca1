"""OpenDocument texts that people go on writing: headings, lists and tables as styles, in the format of ISO/IEC 26300."""
