"""Figures against the gold sets, and the floors below which none may sink."""
