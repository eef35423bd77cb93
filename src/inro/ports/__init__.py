"""Protocols for what can be swapped, and their errors."""
