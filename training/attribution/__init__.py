"""The attribution reader: who said what."""
