"""Training of the reader of damaged marks."""
