"""The one writer of PDF: blocks laid onto pages, drawn and tagged."""
