"""Names as strings: folding, words for kinds, endings, expressions around names, and words that name no place."""
