"""How many news articles hold a word: the table by which stories tell common words from telling ones."""
