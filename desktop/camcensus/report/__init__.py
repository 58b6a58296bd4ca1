"""Reports as tagged PDFs: draws what it is given, decides nothing. Imports `model` and pure rooms, never `store` or `tasks`."""
