"""From files to articles: decoding, front matter, guesses, statements."""
