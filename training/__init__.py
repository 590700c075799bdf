"""Training of the models that ship with the package; none of it is needed to read."""
