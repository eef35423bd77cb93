"""Public pages and office, read-only: cases of a demonstration, and the repository (4(6), 26, 42.4)."""
