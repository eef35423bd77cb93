"""Decisions at the desk: shown whole, then signed with the officer's security key (9.1)."""
