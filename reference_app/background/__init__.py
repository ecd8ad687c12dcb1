"""Work that nobody asks for: what is done again and again, by one process of all that share a database."""
