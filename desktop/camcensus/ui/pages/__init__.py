"""One module for each page of the window. Pages never call each other: they listen to the hub."""
