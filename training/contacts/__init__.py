"""Training of the contact reader."""
