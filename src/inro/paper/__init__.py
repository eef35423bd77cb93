"""Forms, letters, labels and PIN mailers as PDF bytes (8.1, 9.2, 17.4-19.5, 22.2, 35-37, 40(4))."""
