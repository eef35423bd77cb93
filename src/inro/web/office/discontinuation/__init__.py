"""The end of the service on one page (11)."""
