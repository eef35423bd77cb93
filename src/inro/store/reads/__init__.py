"""Reads: nouns that return frozen dataclasses."""
