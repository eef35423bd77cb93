"""The revocation desk: three lists, three forms, two officers, and all that follows (21, 22, 26.1, 27)."""
