"""The help: pages of plain Markdown that come with the program, their contents, a search in them, and what F1 opens where."""
