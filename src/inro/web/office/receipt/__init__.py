"""Pages of the receipt desk: the board, a case's slip, doubts, powers, and the revocation of 18.7."""
