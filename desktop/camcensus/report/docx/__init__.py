"""Word documents that people go on writing: headings, lists and tables as styles, in the format of ISO/IEC 29500."""
