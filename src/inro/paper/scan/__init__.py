"""Paper that comes back: files made into pages, codes read, pages sorted to cases (8.1, 8.5)."""
