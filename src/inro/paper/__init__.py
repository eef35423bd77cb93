"""Forms, letters and PIN mailers as PDF."""
