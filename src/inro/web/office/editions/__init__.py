"""Editions of the terms: on record, published, in force (2.1, 2.2, 10)."""
