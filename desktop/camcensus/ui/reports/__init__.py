"""Reports: which one and for whom, and the report itself beside it."""
