"""Pages: the public site and the office."""
