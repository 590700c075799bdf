"""The actor table: what is kept by hand, and what makes the program's tables of it."""
