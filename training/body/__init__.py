"""Training of the two readers of layout: which blocks of an HTML page, and which stretches of flattened text, are the article."""
