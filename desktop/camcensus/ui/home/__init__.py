"""Home: how many, what needs checking, what is listed, and the one thing to do next."""
