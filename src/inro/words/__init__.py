"""What errors, states and clauses are called in Japanese and English."""
