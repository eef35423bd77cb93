"""The staff's pages; until staff can sign in, of a demonstration only."""
