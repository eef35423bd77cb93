"""Many certificates revoked by one list that two officers sign (11.3, 22.1, 39.4)."""
