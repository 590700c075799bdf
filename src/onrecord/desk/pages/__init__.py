"""The screens, one a file. A new one is a file and a line here."""

from __future__ import annotations

from . import actor, contact, contacts, document, dossier, front, kept, matrix, review, search, sources, stories, timeline

SCREENS = (front, contacts, contact, stories, document, actor, timeline, matrix, search, review, sources, dossier, kept)
