"""The same pure function over many pages, elsewhere than in this process. No reading logic lives here."""
